"""The two pages of the server: the login, and the terminal."""

from __future__ import annotations

from html import escape

_STYLE = """
body { margin: 0; background: #121212; color: #eee; font: 18px/1.5 system-ui, sans-serif; }
main { max-width: 26em; margin: 15vh auto 0; padding: 0 1em; }
input, button { font: inherit; padding: .4em .6em; }
input { width: 12em; }
.trouble { color: #ff9d9d; }
.textual-terminal { position: absolute; inset: 0; }
.closed { display: none; }
body.-closed .closed { display: block; position: relative; z-index: 10; background: #121212; }
"""


FOCUS_SCRIPT = """\
// Keys go to the terminal at once, without a click on it.
function focusTerminal() {
  const typed = document.querySelector(".xterm-helper-textarea");
  if (typed) typed.focus();
  return Boolean(typed);
}
const waiting = setInterval(() => { if (focusTerminal()) clearInterval(waiting); }, 50);
window.addEventListener("focus", focusTerminal);
"""


def login_page(title: str, trouble: str = "") -> str:
    """The page that asks for the code.

    Args:
        trouble: why the last try was refused.
    """
    told = f'<p class="trouble" role="alert">{escape(trouble)}</p>' if trouble else ""
    return _page(
        title,
        f"""<main><h1>{escape(title)}</h1>{told}
<form method="post" action="/login">
<p><label for="code">Code</label></p>
<p><input id="code" name="code" autocomplete="off" autofocus required maxlength="100">
<button>Enter</button></p>
</form>
<p>Your notes are kept on the server under this browser's cookie.</p></main>""",
    )


def terminal_page(title: str, websocket: str, font_size: int) -> str:
    """The page with the app."""
    return _page(
        title,
        f"""<div id="terminal" class="textual-terminal"
data-session-websocket-url="{escape(websocket)}" data-font-size="{font_size}"></div>
<main class="closed"><p>The session has ended.</p><p><a href="/">Start again</a></p></main>""",
        '<link rel="stylesheet" href="/static/css/xterm.css">'
        '<script src="/static/js/textual.js"></script><script src="/focus.js" defer></script>',
    )


def plain_page(title: str, words: str) -> str:
    """A page that says something."""
    return _page(title, f"<main><h1>{escape(title)}</h1><p>{escape(words)}</p></main>")


def _page(title: str, body: str, head: str = "") -> str:
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>{head}</head>"
        f"<body>{body}</body></html>"
    )
