"""The schema of a scenario file, version 1, field by field: what `winset scenarios schema` prints.

Fields are checked where they stand, each by the room that knows about it (dials by the economy, ladders by the
negotiation, matrices by the games); what tables say about each other is checked in `conflicts`.
"""

from __future__ import annotations

from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import (
    Field,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from economy.corridors import corridor_names, refusal
from economy.parameters import entries
from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.errors import Problem, refuse
from scenarios.reading.checks.cross_checks import FITTED
from scenarios.reading.checks.misplaced_keys import Kind, Shape
from scenarios.reading.context import Known
from scenarios.reading.messages import told
from scenarios.reading.overlay import At, Tree
from scenarios.reading.source import SCHEMA
from scenarios.reading.tables.agenda_table import AgendaTable
from scenarios.reading.tables.field_types import Code, Dial, OneOf
from scenarios.reading.tables.seat_table import BonusTable, GroupTable, RedLineTable, SeatTable
from scenarios.reading.tables.table_base import Name, Part, Text, known
from scenarios.reading.tables.text_tables import EntryTable, ShockTable, TeachingTable
from scenarios.scenario import BOTH, ROLES

MATRICES = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "array", "items": {"type": "array"}}}
"""Payoffs as JSON Schema; the games know the rest."""


class GameTable(Part):
    """`[game]`: a printed matrix, by its name in the canon or written out."""

    canon: Annotated[str, OneOf("printed game", canon_names)] | None = None
    """A printed game that Winset knows; nothing else stands in the table then."""
    name: Name | None = None
    """What the game is called."""
    players: list[Name] | None = None
    """The row player and the column player."""
    actions: list[list[Name]] | None = None
    """The actions of each player: the rows, then the columns."""
    payoffs: Annotated[Any, WithJsonSchema(MATRICES)] = None
    """The row player's matrix and the column player's, row by row; numbers, or exact text like "1/3"."""
    scale: Annotated[str, OneOf("scale", lambda: ("ordinal", "cardinal"))] | None = None
    """`ordinal`: only the order of the payoffs means something; `cardinal`: their differences too."""
    source: Text | None = None
    """Where the matrix is printed."""

    @model_validator(mode="after")
    def _makes_a_game(self) -> GameTable:
        self.matrix()
        return self

    def matrix(self) -> Bimatrix:
        """The game; InputError as the games word it."""
        written = self.model_fields_set - {"canon", "source"}
        if self.canon is not None:
            if written:
                reason = "stands beside the name of a printed game"
                raise refuse(min(written), reason, "keep `canon`, or write out the whole game")
            return canon(self.canon)
        if self.payoffs is None:
            example = "[[[1, 0], [2, 2]], [[3, 2], [1, 2]]]"
            raise refuse("payoffs", "is missing", f'write payoffs = {example}, or canon = "bully"')
        given: dict[str, Any] = {key: getattr(self, key) for key in written - {"payoffs"}}
        return Bimatrix(self.payoffs, **given)


class EconomyTable(Part):
    """`[economy]`: a corridor from the data or a preset pair of countries, then any dial by name.

    Dials not written keep the value of the corridor, of the preset, or the default.
    """

    corridor: Annotated[str, OneOf("corridor", corridor_names, refusal)] | None = None
    """Origin and host by their ISO codes, as in "MAR-ESP"."""
    preset: Annotated[str, OneOf("preset", lambda: ("symmetric", "asymmetric"))] | None = None
    """One of the two pairs of the source's annex."""
    sources: dict[Annotated[str, OneOf("dial", entries)], Text] = Field({})
    """Where the number of a dial comes from; "assumption" is an answer."""

    @property
    def dials(self) -> dict[str, float]:
        """The dials that are written, by name; an openness that is to be fitted is not among them."""
        written = {name: getattr(self, name) for name in entries() if name in self.model_fields_set}
        return {name: value for name, value in written.items() if value != FITTED}


class CountryTable(Part):
    """One of `[[countries]]`: a host and an origin, or in a scored case two that are both.

    With a corridor they are known and need not be written.
    """

    name: Name = Field(examples=['"Morocco"'])
    """What the country is called on screen and in keys."""
    role: Annotated[str, OneOf("role", lambda: (*ROLES, BOTH))] | None = None
    """What it is in this case."""
    public: Text = ""
    """What everybody knows about it, as a role card says it."""
    iso3: Annotated[str, Code("[A-Z]{3}", "code of a country", 'three capitals, like "MAR"')] | None = None
    """ISO 3166 code, three capitals."""
    gap: Annotated[float, Dial("gap")] | None = None
    """Host only: its labour productivity over the origin's (ratio)."""
    size: Annotated[float, Dial("size")] | None = None
    """Origin only: its labour force over the host's (ratio)."""
    unskilled: Annotated[float, Dial("u0")] | None = None
    """Less-skilled workers, share of its labour force."""

    @field_validator("name")
    @classmethod
    def _is_in_the_corridor(cls, name: str, info: ValidationInfo) -> str:
        facts = known(info)
        return facts.country(name).name if facts.corridor else name


class FileTable(Part):
    """A Winset scenario: a printed game or an economy, and perhaps an agenda to talk about.

    A scored agenda stands by itself; beside it, a game or an economy is an illustration.
    """

    schema_: Annotated[Any, WithJsonSchema({"const": SCHEMA})] = Field(SCHEMA, alias="schema")
    """Version of this format; it stands in every file."""
    preset: Annotated[str, Code("S[0-9]{2}", "number of a preset", 'S and two digits, like "S01"')] | None = None
    """Its number among the presets of the workshop plans."""
    title: Name = Field(examples=['"Morocco and Spain"'])
    """What the case is called."""
    summary: Text = ""
    """The case in one or two sentences."""
    extends: Name | None = None
    """Another scenario on which this one is built: a library name or a path beside this file."""
    sources: list[Text] = Field([])
    """Where facts and figures come from."""
    teaching: TeachingTable | None = None
    """What the case is for, written for trainers."""
    shocks: list[ShockTable] = Field([])
    """What happens from outside during the talks."""
    entry_into_force: EntryTable | None = None
    """What happens after signature, on a sealed card."""
    game: GameTable | None = None
    """A printed matrix."""
    economy: EconomyTable | None = None
    """An economy from which the matrix follows."""
    countries: list[CountryTable] = Field([])
    """The host and the origin, or two countries that are both."""
    agenda: AgendaTable | None = None
    """What is negotiated, and what it is worth: by an economy, or by points."""
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    """Seed of all random draws, when the command line gives none."""


@cache
def economy_table() -> type[EconomyTable]:
    """`[economy]` with every dial of the economy's catalogue as a key of its own."""
    dials: dict[str, Any] = {name: (_dial(name) | None, None) for name in entries()}
    return create_model("EconomyTable", __base__=EconomyTable, __doc__=EconomyTable.__doc__, **dials)


def _dial(name: str) -> Any:
    return Annotated[float | str, Dial(name, FITTED if name == "openness" else None)]


@cache
def file_table() -> type[FileTable]:
    """The whole file, dials included."""
    economy: Any = (economy_table() | None, Field(None, description="An economy from which the matrix follows."))
    return create_model("Scenario", __base__=FileTable, __doc__=FileTable.__doc__, economy=economy)


class Toml(GenerateJsonSchema):
    """JSON Schema of TOML, which has no null: a key is there or it is not."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """The schema of the value itself."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """The value's schema with its default, unless the default is that the key is not there."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def schema() -> dict[str, Any]:
    """The file format as JSON Schema (2020-12), for editors and for `winset scenarios schema`."""
    facts = file_table().model_json_schema(schema_generator=Toml)
    bases = {"anyOf": [{"required": ["schema", "title"]}, {"required": ["schema", "extends"]}]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | facts | {"required": ["schema"]} | bases


def validated(tree: Tree, facts: Known) -> tuple[FileTable | None, list[Problem]]:
    """The form filled in, or None, and every problem of its fields in plain words."""
    try:
        return file_table().model_validate(tree.values, context=facts), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    except RecursionError:
        return None, [Problem(tree.label, "its tables lie too deep in each other", "a scenario needs four levels")]
    # Behind a base that was not found, or under another name, a key that is missing here may stand.
    relevant = [each for each in found if each["type"] != "missing" or _is_missing(str(each["loc"][-1]), tree)]
    fields = {at: table.model_fields for at, table in _tables().items()}
    return None, [problem for each in relevant for problem in told(each, tree, fields)]


def _is_missing(key: str, tree: Tree) -> bool:
    return tree.whole and key not in tree.lost


@cache
def shape() -> Shape:
    """The keys of every table of the file, and what each of them holds."""
    return {
        at: {field.alias or name: _kind(field.annotation) for name, field in part.model_fields.items()}
        for at, part in _tables().items()
    }


def _kind(annotation: Any) -> Kind:
    """What a field holds, by its type."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType, Annotated):
        return _kind(inner[0])
    if origin is list:
        return "tables" if isinstance(inner[0], type) and issubclass(inner[0], Part) else "list"
    if annotation is Any:
        return "any"
    is_part = isinstance(annotation, type) and issubclass(annotation, Part)
    return "table" if origin is dict or is_part else "value"


def _tables() -> dict[At, type[Part]]:
    """The tables of the file by where they stand; lists count as their items."""
    return {
        (): file_table(),
        ("game",): GameTable,
        ("economy",): economy_table(),
        ("countries",): CountryTable,
        ("agenda",): AgendaTable,
        ("agenda", "seats"): SeatTable,
        ("agenda", "seats", "bonuses"): BonusTable,
        ("agenda", "seats", "red_lines"): RedLineTable,
        ("agenda", "seats", "groups"): GroupTable,
        ("agenda", "seats", "groups", "bonuses"): BonusTable,
        ("teaching",): TeachingTable,
        ("shocks",): ShockTable,
        ("entry_into_force",): EntryTable,
    }
