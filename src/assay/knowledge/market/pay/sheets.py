"""The pay desk's facts, read into their own shapes: families, levels, countries, settings, published tables."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

from assay.knowledge.evidence.sheets import SourceNote
from assay.knowledge.loading import KnowledgeError, folder_file, read_sheet

HERE = Path(__file__).parent


class Family(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A family of job titles; ``is_ml`` families are those the desk is about."""

    id: str
    label: str
    is_ml: bool


class RoleFamily(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which family's pay stands for a role, and why where the two differ."""

    role: str
    family: str
    reason: str = ""


class FamilySheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """families.yaml as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    families: tuple[Family, ...]
    roles: tuple[RoleFamily, ...]


class LevelNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level of ours, the data's code it is read as, and the years of the published tables it is set beside."""

    id: str
    label: str
    code: str
    years_low: int
    years_high: int


class LevelSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """levels.yaml as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    codes: dict[str, str]
    levels: tuple[LevelNote, ...]
    reason: str


class CountryNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A country: its name, the region it is pooled with, its currency."""

    name: str
    region: str
    currency: str


class CountrySheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """countries.yaml as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    home_country: str
    other_region: str
    regions: dict[str, str]
    countries: dict[str, CountryNote]


class OwnKind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of own observation, how much one counts (0-1) and why."""

    id: str
    label: str
    weight: float
    reason: str


class OwnRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How own observations gain weight."""

    k: float
    half_life_years: float
    oldest_years: float
    least_for_spread: int
    kinds: tuple[OwnKind, ...]


class ModelSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """model.yaml as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    shrinkage: float
    window_years: int
    thin_rows: int
    folds: int
    interval_draws: int
    steady_rows: int
    seed: int
    own: OwnRules


class Metro(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A metropolitan area, its name in the index and other names people give it."""

    id: str
    index: str
    names: tuple[str, ...]


class MetroSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """metros.yaml as it is."""

    version: str
    as_of: date
    year: int
    sources: tuple[SourceNote, ...]
    least_rows: int
    metros: tuple[Metro, ...]


class PublishedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published table, by the name it is shown under."""

    id: str
    label: str


class PublishedRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published figure or range in US dollars a year; ``open_top`` says that it goes on upward ("350K+")."""

    fact: str
    table: str
    what: str
    kind: str
    low: float
    high: float | None = None
    open_top: bool = False
    families: tuple[str, ...] = ()
    years_low: int = 0
    years_high: int = 40
    metro: str = ""


class Disagreement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where published facts contradict each other, said in words."""

    facts: str
    text: str
    years_low: int
    years_high: int
    families: tuple[str, ...] = ()


class PublishedSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """published.yaml as it is."""

    version: str
    as_of: date
    sources: tuple[SourceNote, ...]
    note: str
    tables: tuple[PublishedTable, ...]
    rows: tuple[PublishedRow, ...]
    disagreements: tuple[Disagreement, ...]


class DataSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A source of shipped data with its licence and what to know about it."""

    id: str
    title: str
    licence: str
    note: str


class SourceSheet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """sources.yaml as it is."""

    version: str
    as_of: date
    sources: tuple[DataSource, ...]


class PaySheets(msgspec.Struct, frozen=True):
    """All sheets of the pay desk together."""

    families: FamilySheet
    levels: LevelSheet
    countries: CountrySheet
    model: ModelSheet
    metros: MetroSheet
    published: PublishedSheet
    sources: SourceSheet

    @property
    def version(self) -> str:
        """The versions of the sheets that move a number, as one text to store beside a result."""
        return (
            f"model-{self.model.version} families-{self.families.version} "
            f"levels-{self.levels.version} countries-{self.countries.version}"
        )


@cache
def load_pay_sheets(folder: Path | None = None) -> PaySheets:
    """Read the sheets; files in ``folder`` are used instead of the shipped ones of the same name.

    Raises ``KnowledgeError`` naming the file, the field and what to do.
    """

    def where(name: str) -> Path:
        return folder_file(name=name, shipped=HERE, override=folder)

    sheets = PaySheets(
        families=read_sheet(path=where("families.yaml"), shape=FamilySheet),
        levels=read_sheet(path=where("levels.yaml"), shape=LevelSheet),
        countries=read_sheet(path=where("countries.yaml"), shape=CountrySheet),
        model=read_sheet(path=where("model.yaml"), shape=ModelSheet),
        metros=read_sheet(path=where("metros.yaml"), shape=MetroSheet),
        published=read_sheet(path=where("published.yaml"), shape=PublishedSheet),
        sources=read_sheet(path=where("sources.yaml"), shape=SourceSheet),
    )
    for problem in _problems(sheets):
        raise KnowledgeError(problem)
    return sheets


def _problems(sheets: PaySheets) -> list[str]:
    families = {family.id for family in sheets.families.families}
    codes, regions = set(sheets.levels.codes), set(sheets.countries.regions)
    tables = {table.id for table in sheets.published.tables}
    return [
        *(f"families.yaml: role {one.role!r} names no family: {one.family!r}."
          for one in sheets.families.roles if one.family not in families),
        *(f"levels.yaml: level {one.id!r} has code {one.code!r}; use one of {', '.join(sorted(codes))}."
          for one in sheets.levels.levels if one.code not in codes),
        *(f"countries.yaml: country {code} names no region: {one.region!r}."
          for code, one in sheets.countries.countries.items() if one.region not in regions),
        *(f"published.yaml: {row.fact} names no table: {row.table!r}."
          for row in sheets.published.rows if row.table not in tables),
        *(f"published.yaml: {row.fact} is upside down: {row.low:g} above {row.high:g}."
          for row in sheets.published.rows if row.high is not None and row.low > row.high),
        *(f"published.yaml: {row.fact} names no family: {name!r}."
          for row in sheets.published.rows for name in row.families if name not in families),
        *(f"model.yaml: {name} is {value}; it must be at least {least}." for name, value, least in (
            ("shrinkage", sheets.model.shrinkage, 0), ("window_years", sheets.model.window_years, 1),
            ("folds", sheets.model.folds, 2), ("interval_draws", sheets.model.interval_draws, 20),
            ("own.k", sheets.model.own.k, 0.1), ("own.half_life_years", sheets.model.own.half_life_years, 0.1),
        ) if value < least),
    ]  # fmt: skip
