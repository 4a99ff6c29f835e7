"""The manifest sweep.json: the design of a sweep, frozen beside its rows. A sweep can be continued without other files.

The manifest is written once, before the first row. Each time the folder is opened for writing, the design is compared
with it. If the design, the scenario or the model version has changed, StoreMismatch lists the differences.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from typing import Any, cast

from games.errors import Problem, input_error
from lab.design.cases import Design
from lab.design.factors import Arm, Factor
from lab.design.sampling import draw_points
from lab.store.atomic_files import MANIFEST, write_atomically
from lab.store.errors import StoreDamaged, StoreMismatch
from lab.store.provenance import package_version
from lab.store.run_ids import SIZE, digest
from scenarios.reading.draft import Draft
from scenarios.scenario import MODEL

FORMAT = 1
"""Version of the folder format. Folders of another version are refused."""
MOST = 8
"""Largest number of differences that are listed one by one."""

ANEW = "take another folder for this design, or continue the old one with: winset resume {folder}"

OLD_MODEL = "run the design again in another folder; the old rows can be read as they are: lab.results({folder!r})"
"""Hint where the rows were made with another version of the model."""

BACK = "put the file back from a copy; the rows in runs/ are not touched"

SHORT = 60
"""Largest number of characters of a value in a message."""

TOLD = {
    "model": ": the model has changed, and with it its numbers and what some of them mean",
    "drawn": ": other versions of numpy or scipy draw other points",
}
"""Explanations of differences whose key does not explain them."""


def manifest(design: Design) -> dict[str, Any]:
    """Return a design of a sweep as plain JSON, as it is frozen in the file sweep.json beside the rows.

    It holds everything needed to run the design again, and the hashes with which it is compared later.
    """
    draft = design.draft
    spec: dict[str, Any] = {
        "kind": design.kind,
        "design": design.method,
        "points": design.points,
        "factors": {factor.name: asdict(factor) for factor in design.factors},
        "arms": {arm.name: dict(arm.settings) for arm in design.arms},
        "replicates": design.replicates,
        "seed": design.seed,
        "measures": list(design.measures),
        "trace": design.trace,
    }
    told: dict[str, Any] = {
        "schema": "winset/sweep-file/1",
        "format": FORMAT,
        "name": design.name,
        "model": MODEL,
        "spec": spec,
        "drawn": _hashed(design),
        "scenario": {
            "name": design.scenario,
            "label": draft.label,
            "path": draft.path,
            "hash": digest(draft.content),
            "content": draft.content,
        },
    }
    return cast("dict[str, Any]", json.loads(json.dumps(told, default=str)))


def fingerprint(design: Design) -> str:
    """Return the hash, as 32 hexadecimal digits, of everything in a design that decides its runs and columns.

    It identifies the design on figures and in the files of rows.
    """
    return _mark(manifest(design))


def _hashed(design: Design) -> str | None:
    """Return the hash of the drawn points; None if the design draws no points."""
    if design.places is None:
        return None
    return blake2b(design.places.astype("<f8").tobytes(), digest_size=SIZE).hexdigest()


def write_manifest(folder: Path, design: Design) -> None:
    """Write the file sweep.json, which freezes the design of a sweep, into the sweep's folder.

    Raises OSError if it cannot be written.
    """
    told = manifest(design) | {
        "fingerprint": fingerprint(design),
        "cases": design.count,
        "winset": package_version("winset"),
        "made": datetime.now(UTC).isoformat(),
    }
    text = json.dumps(told, indent=2, ensure_ascii=False)
    write_atomically(folder / MANIFEST, lambda stream: stream.write(text.encode()))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the content of sweep.json, the frozen design of the sweep in this folder.

    Raises InputError if there is no sweep, StoreDamaged if the file cannot be read or was edited, and StoreMismatch if
    it has another format version.
    """
    path = folder / MANIFEST
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        raise input_error(
            str(folder), "there is no sweep in this folder", "begin one: winset sweep DESIGN.toml -o DIR"
        ) from None
    except (OSError, ValueError, RecursionError) as error:
        raise StoreDamaged(Problem(str(path), f"cannot be read: {error}", BACK)) from None
    if not isinstance(told, dict) or "format" not in told:
        raise StoreDamaged(Problem(str(path), "is no description of a sweep", BACK))
    found = cast("dict[str, Any]", told)
    if found["format"] != FORMAT:
        reason = f"has format {_short(found['format'])}; this Winset knows {FORMAT}"
        raise StoreMismatch(Problem(str(path), reason, "update Winset, or take another folder"))
    wrong = _fault(found)
    if wrong:
        raise StoreDamaged(Problem(str(path), f"is not as Winset has written it: {wrong}", BACK))
    return found


def _fault(told: dict[str, Any]) -> str | None:
    """Return what is wrong with a manifest; None if it is complete and unchanged."""
    if not isinstance(told.get("scenario"), dict):
        return "it has no scenario"
    case = cast("dict[str, Any]", told["scenario"])
    named: dict[str, Any] = {
        "name": told.get("name"),
        **{f"scenario.{key}": case.get(key) for key in ("name", "label")},
    }
    strange = [key for key, value in named.items() if not isinstance(value, str)]
    if strange or not isinstance(case.get("path", 0), str | None):
        return f"{(strange or ['scenario.path'])[0]} is no text"
    try:
        whole = digest(case["content"]) == case["hash"] and _mark(told) == told["fingerprint"]
    except (KeyError, TypeError, ValueError, RecursionError):  # the content cannot be hashed
        whole = False
    return None if whole else "its content and its fingerprint differ"


def _mark(told: Mapping[str, Any]) -> str:
    return digest([told["model"], told["spec"], told["drawn"], told["scenario"]["hash"]])


def check_same_model(folder: Path, told: Mapping[str, Any]) -> None:
    """Check that the rows of a sweep were made with this version of the model; raise StoreMismatch if not.

    `told` is the content of the sweep's file sweep.json. Measures of another version have other definitions under the
    same names, so its rows are not analysed with the definitions of this version.
    """
    if told["model"] != MODEL:
        reason = (
            f"holds rows of model {_short(told['model'])}, and this Winset has model {MODEL}: "
            "the numbers have changed, and so has what some of them mean"
        )
        raise StoreMismatch(Problem(str(folder / MANIFEST), reason, OLD_MODEL.format(folder=str(folder))))


def restore_design(told: Mapping[str, Any]) -> Design:
    """Return the design of a sweep from `told`, the content of its file sweep.json.

    Points of a drawn design (a point is one combination of factor values) are drawn again. `draws_same_points` checks
    whether they are the same as when the file was written.
    """
    spec, case = told["spec"], told["scenario"]
    factors = tuple(Factor(**facts | {"levels": tuple(facts["levels"])}) for facts in spec["factors"].values())
    return Design(
        name=told["name"],
        scenario=case["name"],
        draft=Draft.of(case["content"], case["label"], case["path"]),
        kind=spec["kind"],
        method=spec["design"],
        factors=factors,
        arms=tuple(Arm(name, tuple(settings.items())) for name, settings in spec["arms"].items()),
        replicates=spec["replicates"],
        seed=spec["seed"],
        measures=tuple(spec["measures"]),
        points=spec["points"],
        places=draw_points(spec["design"], spec["points"], factors, spec["seed"]),
        trace=spec["trace"],
    )


def draws_same_points(told: Mapping[str, Any], design: Design) -> bool:
    """Return whether this installation of numpy and scipy draws the same points as when a sweep began.

    A point is one combination of factor values. `told` is the content of the sweep's file sweep.json; `design` is the
    design restored from it.
    """
    return told["drawn"] == _hashed(design)


def check_same_design(folder: Path, told: Mapping[str, Any], design: Design) -> None:
    """Check that a design is the one with which the sweep in a folder was begun; raise StoreMismatch if it is not.

    Parameters
    ----------
    folder
        Folder of the sweep; used in the messages.
    told
        Manifest of the folder, as `read_manifest` returns it.
    design
        The design as it is today.

    Raises
    ------
    StoreMismatch
        If they differ, with one problem per difference. At most `MOST` differences are listed; the rest are counted.
    """
    now = manifest(design)
    pairs = [
        *((f"spec.{key}", told["spec"].get(key), now["spec"][key]) for key in now["spec"]),
        ("scenario", told["scenario"]["content"], now["scenario"]["content"]),
        ("model", told["model"], now["model"]),
        ("drawn", told["drawn"], now["drawn"]),
    ]
    found = [line for key, old, new in pairs for line in describe_differences(key, old, new)]
    if found:
        hint = OLD_MODEL if told["model"] != now["model"] else ANEW
        path, hint = folder / MANIFEST, hint.format(folder=str(folder))
        more = [] if len(found) <= MOST else [Problem(str(path), f"and {len(found) - MOST} more differences", hint)]
        raise StoreMismatch(*(Problem(f"{path}:{key}", why, hint) for key, why in found[:MOST]), *more)


def describe_differences(key: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    """Compare two JSON values and describe each difference. Objects are compared key by key, lists as one value.

    Parameters
    ----------
    key
        Dotted key of the two values, for the messages.
    old
        Value in the folder.
    new
        Value now.

    Yields
    ------
    tuple[str, str]
        The dotted key of a difference, and a description of it in words.
    """
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        tables = cast("dict[str, Any]", old), cast("dict[str, Any]", new)
        for inside in sorted({*tables[0], *tables[1]}):
            yield from describe_differences(f"{key}.{inside}", tables[0].get(inside), tables[1].get(inside))
        return
    yield key, f"is {_short(old)} in the folder, and {_short(new)} now{TOLD.get(key, '')}"


def _short(value: Any) -> str:
    text = "not written" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= SHORT else f"{text[:SHORT]}..."
