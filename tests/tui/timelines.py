"""A timeline in the app, for tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui.widgets.lane_chart import LaneChart

Drive = Callable[..., Any]
ASIRO = "asiro-gentian-alliance"


async def open_timeline(app: Any, *slugs: str) -> LaneChart:
    app.app.open_timeline(slugs or (ASIRO,))
    await app.settle()
    chart: LaneChart = app.app.screen.lane_chart
    return chart


def chosen(chart: LaneChart) -> str:
    assert chart.chosen is not None
    return chart.chosen.event.key
