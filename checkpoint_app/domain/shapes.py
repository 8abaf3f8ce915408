"""What the parts of known kinds look like; what does not is kept and handed on, and counts for nothing.

A station with a good key may say anything that is canonical JSON. Whoever reads what came in bundles may rely
on these shapes: fields named here are there, unless optional (`?`), and are what is said of them; others may
be there too. Nobody reads a kind that is not named. What a newer program says in words that are not among
ours has not the shape either, until this program is newer itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.handover import Answered, Side
from checkpoint_app.domain.words import CheckKind, Direction, Evidence, Outcome, VehicleClass, VerdictState

PUBLIC, PERSONAL = 1, 2
"""Parts of an entry, as bits."""

_EARLIEST, _LATEST = -62_135_510_400_000, 253_402_214_400_000
"""ms UTC: the second day of year 1 and the last of 9999, for every zone has to have a date there too."""
_MOST, _LANES = 1_000_000, 999

_RECORDS = {
    "ref": "desk:text epoch:text seq:place hash:text action:text",
    "check": "kind:checkkind result:text evidence:evidence at:time person?:count tenths?:count taken?:time"
    " source?:text voided?:flag",
    "apart": "person:count outcome:text why?:text",
    "reason": "code:text person?:count",
    "source": "name:text version:text age:-time light:text",
    "part": "class:class vehicles:whole people:whole",
    "held": "desk:text epoch:text first:place last:place hash:text",
    "head": "epoch?:text seq:place hash:text",
    "person": "n?:count name?:text id?:text kind?:text phone?:text evidence?:evidence seat?:text why?:text",
    "digest": "check:count digest:text",
    "slot": "name:text from:count to:count",
    "convoy": "id:text place:count of:count",
}
_CLOSED = frozenset({"convoy"})
"""Records without other fields."""
_WHERE = "lane?:lane direction?:direction class?:class marks?:text* bus?:flag"
_VERDICT = "verdict?:verdict reasons?:reason* data?:source*"
_CROSSING = (
    f"{_WHERE} {_VERDICT} outcome?:outcome people?:count evidence?:evidence started?:time checks?:check*"
    " plate_at?:time apart?:apart* convoy?:convoy why?:text lead?:text replaces?:text"
)
_SET = (
    "about:text set_kind:text version:count since:time until?:-time digest:text parts:count size:place"
    " number:text"
)
_TOLD = "about:text over?:flag"
_RECORDS["crossing"] = f"{_CROSSING} counts?:part* minute?:time"
_PUBLIC = {
    "vehicle_crossed": _CROSSING,
    "check_flagged": f"{_CROSSING} crossing?:text check?:-check",
    "check_voided": f"{_CROSSING} crossing?:text check?:-check",
    "outcome_undone": "ref:ref why?:text",
    "crossing_amended": "ref:ref why?:text fields?:crossing",
    "action_confirmed": "ref:ref why?:text",
    "person_viewed": "ref:ref why?:text",
    "tallied": "lane?:lane direction?:direction minute:time evidence?:evidence counts:part*",
    "shift_opened": "group:text lead:text officers:text*",
    "shift_closed": "totals?:record digest?:text handover?:record",
    "sealed": "head:text key:text seq:place signature:text why:text",
    "epoch_begun": "reason:text key:text public:text",
    "erased": "stage:text before:time order:text kinds?:text* lasting?:flag entries?:place people?:place"
    " files?:text*",
    "matter_raised": f"{_CROSSING} about?:text over?:flag source?:text due?:time owner?:text of?:text"
    " crossing?:text",
    "matter_worked": f"{_TOLD} due?:time owner?:text owner_changed?:flag",
    "matter_closed": _TOLD,
    "matter_reopened": _TOLD,
    "order_received": "number?:text until?:time",
    "order_read": _TOLD,
    "order_ended": _TOLD,
    "noted": "over?:flag",
    "incident_noticed": "incident?:text due?:time",
    "incident_reported": _TOLD,
    "incident_answered": _TOLD,
    "incident_linked": f"{_TOLD} crossing:text",
    "incident_closed": _TOLD,
    "person_transferred": f"{_TOLD} people:count",
    "visited": "findings?:text* over?:flag",
    "outage": "what:text lane:lane since:time until:time over?:flag",
    "item_declared": "name?:text unit?:text equipment?:flag due?:time low?:count about?:text",
    "item_counted": f"{_TOLD} count:whole condition?:text",
    "item_moved": f"{_TOLD} count:whole",
    "item_dropped": _TOLD,
    "handover_begun": "about:text next?:text head:head",
    "handover_answered": "about:text line?:text of?:text said:answered counted?:whole",
    "handover_signed": "about:text side:side officer?:text digest?:text key?:text signature?:text",
    "handover_refused": "about:text next?:text",
    "handover_absent": "about:text side:side refused:flag",
    "officer_enrolled": "about:text role:text agency:text skills:text*",
    "officer_changed": "about:text role:text agency:text skills:text*",
    "officer_keyed": "about:text key:text public:text",
    "officer_left": _TOLD,
    "on_duty": f"{_TOLD} post?:text state?:text",
    "off_duty": f"{_TOLD} state?:text",
    "contact_set": "about:text",
    "contact_dropped": _TOLD,
    "group_set": "about:text members:text* leads:text*",
    "group_dropped": _TOLD,
    "roster_set": "about:text slots:slot* pattern:text phase:whole",
    "roster_swapped": "about:text day:count slot:count group:text",
    "exported": "count:place form:text columns:text* masked:flag about?:text",
    "bundle_made": "bundle:text to:text* held:held*",
    "bundle_received": "bundle:text sender:text held:held* added:place forks:place",
    "bundle_refused": "digest:text check:text sender:text name:text",
    "desk_enrolled": "desk:text role:text station:text key:text public:text recipient:text",
    "desk_revoked": "desk:text key:text",
    "fork_settled": "desk:text epoch:text seq:place trusted:text",
    "data_published": _SET,
    "data_adopted": f"{_SET} set:text publisher:text key:text published:time",
    "data_part": "about:text place:count of:count until?:time text?:text",
    "data_ended": _TOLD,
    "person_registered": "replaces?:text",
    "person_struck": "person:text why:text",
}
_CROSSED = (
    "plate?:text colour?:text from?:text to?:text purpose?:text service?:text people?:person*"
    " digests?:digest* why?:text title?:text owner?:text"
)
_WORDS = (
    "text?:text why?:text result?:text reply?:text to?:text from?:text authorised?:text title?:text"
    " owner?:text sender?:text name?:text phone?:text about?:text visitor?:text agency?:text condition?:text"
    " whom?:text note?:text"
)
_PERSONAL = {
    **dict.fromkeys(("vehicle_crossed", "check_flagged", "crossing_amended", "matter_raised"), _CROSSED),
    "data_part": "text:text",
    "shift_opened": "officers:names weather?:text",
    "person_registered": "full_name?:text document?:text telephone?:text address?:text note?:text until?:text"
    " initials?:text*",
}

Fits = Callable[[Any], Any]
"""Whether a value is what it should be; `str` stands for any text, and is asked for without a call."""


def odd_parts(kind: str, public: Value, personal: Value | None) -> int:
    """Which parts have not the shape of their kind; `personal` None: there is none."""
    shape = _SHAPES.get(kind)
    if shape is None:
        return 0
    odd = 0 if _has(shape[0], public) else PUBLIC
    return odd if personal is None or _has(shape[1], personal) else odd | PERSONAL


def _has(fits: Fits, part: Value) -> bool:
    try:
        return bool(fits(part))
    except TypeError:  # a list or an object where a word should stand
        return False


def _whole(least: int, most: int) -> Fits:
    return lambda value: type(value) is int and least <= value <= most


def _many(fits: Fits) -> Fits:
    def every(value: Any) -> bool:
        if type(value) is not list:
            return False
        for each in value:  # noqa: SIM110 - twice as fast as all()
            if not (type(each) is str if fits is str else fits(each)):
                return False
        return True

    return every


def _or_none(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _is_names(value: Any) -> bool:
    return type(value) is dict and all(type(each) is str for each in value.values())


def _record(text: str, *, closed: bool = False) -> Fits:
    fields = dict(each.split(":") for each in text.split())
    needed = frozenset(name for name in fields if not name.endswith("?"))
    known = {name.rstrip("?"): _fits(what) for name, what in fields.items()}

    def fits(value: Any) -> bool:
        if type(value) is not dict or not needed <= value.keys():
            return False
        for name, each in value.items():
            check = known.get(name)
            if check is None:
                if closed:
                    return False
            elif type(each) is not str if check is str else not check(each):
                return False
        return True

    return fits


def _fits(what: str) -> Fits:
    if what.startswith("-"):
        return _or_none(_fits(what[1:]))
    if what.endswith("*"):
        return _many(_fits(what[:-1]))
    return _TYPES[what] if what in _TYPES else _record(_RECORDS[what], closed=what in _CLOSED)


_TYPES: Mapping[str, Fits] = {
    "text": str,
    "flag": lambda value: type(value) is bool,
    "record": lambda value: type(value) is dict,
    "names": _is_names,
    "lane": _whole(0, _LANES),
    "count": _whole(0, _MOST),
    "whole": _whole(-_MOST, _MOST),
    "place": _whole(0, 2**48),
    "time": _whole(_EARLIEST, _LATEST),
    **{
        name: frozenset(words).__contains__
        for name, words in (
            ("direction", Direction),
            ("class", VehicleClass),
            ("outcome", Outcome),
            ("evidence", Evidence),
            ("verdict", VerdictState),
            ("checkkind", CheckKind),
            ("answered", Answered),
            ("side", Side),
        )
    },
}
_SHAPES = {kind: (_record(text), _record(_PERSONAL.get(kind, _WORDS))) for kind, text in _PUBLIC.items()}
DIGEST = hashlib.sha256(repr((_RECORDS, _PUBLIC, _PERSONAL, _WORDS)).encode()).hexdigest()
"""Another one means that what came before has to be looked at again."""
