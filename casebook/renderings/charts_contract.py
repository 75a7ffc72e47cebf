"""The JSON of timelines and maps; the contract is that of `casebook.renderings.contract`."""

from __future__ import annotations

from casebook.places.world_map import PlaceOnMap, WorldMap
from casebook.renderings.cited_json import Json, ref
from casebook.renderings.events_contract import event
from casebook.timeline.chart import Chart, LaneEvent


def timeline(value: Chart) -> Json:
    """The answer of `timeline`; `align`, `milestones` and `elapsed` only where it is aligned."""
    found: Json = {
        "lanes": [lane.name for lane in value.lanes],
        "lanes_by": value.lanes_by,
        "entries": [ref(entry) for entry in value.entries],
        "events": [_item(value, item) for item in value.items],
        "background": [event(item.event) for item in value.background.items],
    }
    if value.align:
        found["align"] = value.align
        found["milestones"] = {slug: milestone.key for slug, milestone in value.milestones.items()}
    return found


def _item(value: Chart, item: LaneEvent) -> Json:
    told = event(item.event) | {"lane": value.lanes[item.lane].name}
    lapse = value.lapse_of(item)
    if lapse is None:
        return told
    return told | {
        "elapsed": {
            "fewest_days": lapse.fewest,
            "most_days": lapse.most,
            "words": lapse.words,
            "by_told_order": lapse.is_told,
            **({"over_all_accounts": True} if lapse.is_over_accounts else {}),
        }
    }


def world_map(value: WorldMap) -> Json:
    """The answer of `map`; a place without coordinates has null for both."""
    return {
        "entries": [ref(entry) for entry in value.entries],
        "places": [_place_on_map(place) for place in (*value.points, *value.unplaced)],
        "legs": [
            {
                "entry": leg.entry.slug,
                "from": leg.start,
                "to": leg.end,
                "before": event(leg.before),
                "after": event(leg.after),
                "order_known": leg.is_certain,
            }
            for leg in value.legs
        ],
    }


def _place_on_map(value: PlaceOnMap) -> Json:
    return {
        "slug": value.place.slug,
        "name": value.place.name,
        "country": value.place.country or None,
        "latitude": value.at.latitude if value.at else None,
        "longitude": value.at.longitude if value.at else None,
        "is_country": value.is_country,
        "set_here": [ref(entry) for entry in value.settings],
        "events": [event(happened) for happened in value.events],
    }
