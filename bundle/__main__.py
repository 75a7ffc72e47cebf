"""`python -m bundle` makes both downloads, and `python -m bundle zipapp|folder` one of them.

`dist/casebook.pyz` needs a Python of the version it was made with. `dist/casebook/`, and its
archive beside it, need nothing. Both hold the shipped book and all that exports need, but for
pandoc.
"""

from __future__ import annotations

import argparse
import platform
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from bundle.contents import export_requirements
from casebook import __version__

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CHECK_OF_PYTHON = """\
import sys
import sysconfig

made_for = ({version!r}, {system!r})
found = ("{{}}.{{}}".format(*sys.version_info), sysconfig.get_platform())
if found != made_for:
    sys.exit(
        "casebook.pyz was made for Python {{}} on {{}}, and this is Python {{}} on {{}}."
        " Start it with python{{}}, or take the folder that needs no Python."
        .format(*made_for, *found, made_for[0])
    )
"""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bundle")
    parser.add_argument("what", nargs="*", metavar="zipapp|folder")
    parser.add_argument("--output", type=Path, default=ROOT / "dist", help="where to put them")
    arguments = parser.parse_args()
    output: Path = arguments.output.resolve()
    output.mkdir(parents=True, exist_ok=True)
    makers = {"zipapp": make_zipapp, "folder": make_folder}
    for name in arguments.what or makers:
        if name not in makers:
            parser.error(f"'{name}' is neither zipapp nor folder")
        made = makers[name](output)
        print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")


def make_zipapp(output: Path) -> Path:
    """Makes `casebook.pyz` with shiv; the result is its path."""
    target = output / "casebook.pyz"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _run("build", "--wheel", "--no-isolation", "--outdir", name, str(ROOT))
        (wheel,) = folder.glob("*.whl")
        preamble = folder / "check_python.py"
        preamble.write_text(check_of_python(), encoding="utf-8")
        _run(
            "shiv", "--console-script", "casebook", "--output-file", str(target), "--reproducible",
            "--preamble", str(preamble), "--quiet", "--disable-pip-version-check",
            "--constraint", str(ROOT / "constraints.txt"), str(wheel), *export_requirements(),
        )  # fmt: skip
    return target


def check_of_python() -> str:
    """The script that refuses to start the zipapp with a Python that it was not made for."""
    version = "{}.{}".format(*sys.version_info)
    return CHECK_OF_PYTHON.format(version=version, system=sysconfig.get_platform())


def make_folder(output: Path) -> Path:
    """Makes the folder `casebook` with PyInstaller; the result is the path of its archive."""
    with tempfile.TemporaryDirectory() as work:
        _run(
            "PyInstaller", "--noconfirm", "--clean", "--log-level", "ERROR",
            "--distpath", str(output), "--workpath", work, str(HERE / "casebook.spec"),
        )  # fmt: skip
    system = f"{platform.system()}-{platform.machine()}".lower()
    form = "zip" if sys.platform == "win32" else "gztar"
    archive = output / f"casebook-{__version__}-{system}"
    return Path(shutil.make_archive(str(archive), form, root_dir=output, base_dir="casebook"))


def _run(module: str, *arguments: str) -> None:
    """Runs a tool of this environment; what it says is shown where it fails.

    Raises:
        SystemExit: it failed.
    """
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        sys.exit(f"{module} failed:\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    main()
