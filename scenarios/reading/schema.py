"""The model of a scenario file, version 1, and its JSON Schema, which `winset scenarios schema` prints.

Single fields are checked by the package to which they belong: parameters by the economy, ladders by the negotiation,
matrices by the games. Contradictions between tables are checked in `scenarios.reading.checks`.
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

from economy.conventions import SWITCHES
from economy.corridors.data import corridor_names, unknown_corridor_error
from economy.parameters import entries
from games.bimatrix import Bimatrix
from games.canon import canon, canon_names
from games.errors import Problem, input_error
from scenarios.reading.checks.misplaced_keys import Kind, Shape
from scenarios.reading.known_names import FileContext
from scenarios.reading.overlay import At, Tree
from scenarios.reading.pydantic_errors import translate_error
from scenarios.reading.source import SCHEMA
from scenarios.reading.tables.agenda_table import AgendaTable
from scenarios.reading.tables.field_types import Code, OneOf, ParameterField
from scenarios.reading.tables.seat_table import BonusTable, GroupTable, RedLineTable, SeatTable
from scenarios.reading.tables.table_base import Name, TableModel, Text, file_context
from scenarios.reading.tables.text_tables import EntryTable, ShockTable, TeachingTable
from scenarios.scenario import BOTH, ROLES

MATRICES = {"type": "array", "minItems": 2, "maxItems": 2, "items": {"type": "array", "items": {"type": "array"}}}
"""JSON Schema of payoffs; `games` checks the rest."""


class GameTable(TableModel):
    """`[game]`: a printed matrix, by its name in the canon or written in full."""

    canon: Annotated[str, OneOf("printed game", canon_names)] | None = None
    """A printed game that Winset has; no other key but `source` may stand beside it."""
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
        """Return the game; InputError as `games` raises it."""
        written = self.model_fields_set - {"canon", "source"}
        if self.canon is not None:
            if written:
                reason = "stands beside the name of a printed game"
                raise input_error(min(written), reason, "keep `canon`, or write out the whole game")
            return canon(self.canon)
        if self.payoffs is None:
            example = "[[[1, 0], [2, 2]], [[3, 2], [1, 2]]]"
            raise input_error("payoffs", "is missing", f'write payoffs = {example}, or canon = "bully"')
        given: dict[str, Any] = {key: getattr(self, key) for key in written - {"payoffs"}}
        return Bimatrix(self.payoffs, **given)


class EconomyTable(TableModel):
    """`[economy]`: a corridor from the data or a preset pair of countries, then any parameter by name.

    Parameters that are not written keep the value of the corridor, of the preset, or the default.
    """

    corridor: Annotated[str, OneOf("corridor", corridor_names, unknown_corridor_error)] | None = None
    """Origin and host by their ISO codes, as in "MAR-ESP"."""
    preset: Annotated[str, OneOf("preset", lambda: ("symmetric", "asymmetric"))] | None = None
    """One of the two pairs of countries in the annex of the source."""
    surplus: Annotated[str, OneOf("surplus", lambda: SWITCHES["surplus"])] | None = None
    """Convention for the gain of a mover in money: what the mover could lose and still go (`compensating`), or what
    would make up for staying (`equivalent`)."""
    crowding: Annotated[str, OneOf("crowding", lambda: SWITCHES["crowding"])] | None = None
    """Convention for the public cost: it counts the people `beyond today`, or `everybody` who comes."""
    sources: dict[Annotated[str, OneOf("dial", entries)], Text] = Field({})
    """Where the number of a parameter comes from; "assumption" is allowed."""

    @property
    def dials(self) -> dict[str, float]:
        """The parameters that are written, by name."""
        return {name: getattr(self, name) for name in entries() if name in self.model_fields_set}

    @property
    def conventions(self) -> dict[str, str]:
        """The conventions that are written, by name."""
        return {name: getattr(self, name) for name in SWITCHES if name in self.model_fields_set}


class CountryTable(TableModel):
    """One of `[[countries]]`: a host and an origin, or in a scored case two that are both.

    With a corridor the countries are known and need not be written.
    """

    name: Name = Field(examples=['"Morocco"'])
    """Name of the country, on screen and in keys."""
    role: Annotated[str, OneOf("role", lambda: (*ROLES, BOTH))] | None = None
    """Its role in this case."""
    public: Text = ""
    """Public information about it, for role cards."""
    iso3: Annotated[str, Code("[A-Z]{3}", "code of a country", 'three capitals, like "MAR"')] | None = None
    """ISO 3166 code, three capitals."""
    gap: Annotated[float, ParameterField("gap")] | None = None
    """Host only: its labour productivity over the origin's (ratio)."""
    size: Annotated[float, ParameterField("size")] | None = None
    """Origin only: its labour force over the host's (ratio)."""
    unskilled: Annotated[float, ParameterField("u0")] | None = None
    """Less-skilled workers, share of its labour force."""

    @field_validator("name")
    @classmethod
    def _is_in_the_corridor(cls, name: str, info: ValidationInfo) -> str:
        facts = file_context(info)
        return facts.country(name).name if facts.corridor else name


class FileTable(TableModel):
    """A Winset scenario: a printed game or an economy, and perhaps an agenda to negotiate.

    A scored agenda needs neither; a game or an economy beside it is an illustration.
    """

    schema_: Annotated[Any, WithJsonSchema({"const": SCHEMA})] = Field(SCHEMA, alias="schema")
    """Version of this format, required in every file."""
    preset: Annotated[str, Code("S[0-9]{2}", "number of a preset", 'S and two digits, like "S01"')] | None = None
    """Its id among the presets of the workshop plans."""
    title: Name = Field(examples=['"Morocco and Spain"'])
    """Title of the case."""
    summary: Text = ""
    """The case in one or two sentences."""
    extends: Name | None = None
    """Another scenario that this one extends: a library name or a path beside this file."""
    sources: list[Text] = Field([])
    """Sources of facts and figures."""
    teaching: TeachingTable | None = None
    """The purpose of the case, written for trainers."""
    shocks: list[ShockTable] = Field([])
    """Outside events during the talks."""
    entry_into_force: EntryTable | None = None
    """What happens after signature."""
    game: GameTable | None = None
    """A printed matrix."""
    economy: EconomyTable | None = None
    """An economy from which the matrix follows."""
    countries: list[CountryTable] = Field([])
    """The host and the origin, or two countries that are both."""
    agenda: AgendaTable | None = None
    """What is negotiated. Its values come from an economy or from points."""
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 0
    """Seed of all random numbers, when the command line gives none."""


@cache
def economy_table() -> type[EconomyTable]:
    """Return the model of `[economy]` with a field for every parameter of the economy's catalogue."""
    dials: dict[str, Any] = {name: (_dial(name) | None, None) for name in entries()}
    return create_model("EconomyTable", __base__=EconomyTable, __doc__=EconomyTable.__doc__, **dials)


def _dial(name: str) -> Any:
    return Annotated[float, ParameterField(name)]


@cache
def file_table() -> type[FileTable]:
    """Return the model of the whole file, with these fields."""
    economy: Any = (economy_table() | None, Field(None, description="An economy from which the matrix follows."))
    return create_model("Scenario", __base__=FileTable, __doc__=FileTable.__doc__, economy=economy)


class TomlSchema(GenerateJsonSchema):
    """Generator of JSON Schema for TOML, which has no null: a key is present or absent."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of the value itself."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the value's schema with its default; without one if the default is that the key is absent."""
        if schema.get("default") is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


def schema() -> dict[str, Any]:
    """Return the file format as JSON Schema (2020-12), for editors and for `winset scenarios schema`.

    Returns
    -------
    dict[str, Any]
        The schema, with descriptions of every key.
    """
    facts = file_table().model_json_schema(schema_generator=TomlSchema)
    bases = {"anyOf": [{"required": ["schema", "title"]}, {"required": ["schema", "extends"]}]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | facts | {"required": ["schema"]} | bases


def validate_file(tree: Tree, facts: FileContext) -> tuple[FileTable | None, list[Problem]]:
    """Return the validated model, or None, and every problem of its fields in plain words."""
    try:
        return file_table().model_validate(tree.values, context=facts), []
    except ValidationError as error:
        found = error.errors(include_url=False)
    except RecursionError:
        return None, [Problem(tree.label, "its tables lie too deep in each other", "a scenario needs four levels")]
    # A key that is missing here may stand in a base that was not found, or under another name.
    relevant = [each for each in found if each["type"] != "missing" or _is_missing(str(each["loc"][-1]), tree)]
    fields = {at: table.model_fields for at, table in _tables().items()}
    return None, [problem for each in relevant for problem in translate_error(each, tree, fields)]


def _is_missing(key: str, tree: Tree) -> bool:
    """Whether a key is certainly missing: no base is unknown, and it stands nowhere else."""
    return tree.whole and key not in tree.lost


@cache
def file_shape() -> Shape:
    """Return the keys of every table of the file, and what each of them holds."""
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
        return "tables" if isinstance(inner[0], type) and issubclass(inner[0], TableModel) else "list"
    if annotation is Any:
        return "any"
    is_part = isinstance(annotation, type) and issubclass(annotation, TableModel)
    return "table" if origin is dict or is_part else "value"


def _tables() -> dict[At, type[TableModel]]:
    """The models of the file's tables by position; a list of tables has the position of its items."""
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
