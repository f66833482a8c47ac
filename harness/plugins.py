"""Finds tasks: a root is any folder laid out as ``tasks/*.py``, ``prompts/``, ``solvers/``, and all roots are equal.

    repository or wheel      the bundled root
    an installed package     [project.entry-points."pegboard.plugins"]  any_name = "its_package"
    any folder               --plugins DIR

``discover`` lists files and imports nothing; ``load`` imports one task. There is no registry that could forget one.
"""

from __future__ import annotations

import hashlib
import importlib.util
import math
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from pathlib import Path

from harness.errors import PegboardError, UnknownName, UsageError, near_misses
from harness.task import DISGUISE_KINDS, DRAWN_AS, Puzzle, Shape

ENTRY_POINT_GROUP = "pegboard.plugins"
SOLVER_SUFFIXES = {".lua": "lua", ".py": "python"}

FUNCTIONS = ("pose", "start", "parse", "apply", "solved")
OPTIONAL_FUNCTIONS = ("moves", "distance", "goal_permuted", "concerns", "prose", "resume", "scene")
STATEMENT = ""
"""The stem of ``prompts/<task>.md``."""


@dataclass(frozen=True)
class Root:
    """A folder that holds ``tasks/``, and where it came from, in words."""

    path: Path
    origin: str


@dataclass(frozen=True)
class TaskFiles:
    """One task's place on disk, found but not imported."""

    name: str
    root: Root

    @property
    def rules(self) -> Path:
        return self.root.path / "tasks" / f"{self.name}.py"

    def prompts(self) -> dict[str, Path]:
        """Each text's stem to its file: a disguise or a mode for ``<task>.<stem>.md``, STATEMENT for ``<task>.md``."""
        folder = self.root.path / "prompts"
        stems = {file.name.split(".")[1]: file for file in sorted(folder.glob(f"{self.name}.*.md"))}
        statement = folder / f"{self.name}.md"
        return {STATEMENT: statement, **stems} if statement.is_file() else stems

    def solvers(self) -> dict[str, Path]:
        """Language to the reference program's file."""
        places = {
            language: self.root.path / "solvers" / f"{self.name}{suffix}"
            for suffix, language in SOLVER_SUFFIXES.items()
        }
        return {language: file for language, file in places.items() if file.is_file()}


@dataclass(frozen=True)
class Plugin:
    """A task ready for use: its rules, its statements' templates, its reference programs."""

    files: TaskFiles
    puzzle: Puzzle
    prompts: Mapping[str, str]
    solvers: Mapping[str, str]
    digest: str
    """SHA-256 over all of the task's files: equal digests mean the same questions and the same judge."""

    @property
    def name(self) -> str:
        return self.puzzle.name

    def statement(self, disguise: str | None = None) -> str:
        """The template of the statement, bare or in a disguise. Raises UsageError naming the file to write."""
        stem = disguise or STATEMENT
        if stem not in self.prompts:
            wanted = self.files.root.path / "prompts" / f"{self.name}{f'.{stem}' if stem else ''}.md"
            as_what = f" as {disguise}" if disguise else ""
            raise UsageError(f"{self.name} has no statement{as_what}", f"write {wanted}")
        return self.prompts[stem]


def discover(folders: Sequence[Path] = ()) -> dict[str, TaskFiles]:
    """Every task of every root, by name. Raises UsageError when two roots give the same name or a root has no tasks."""
    found: dict[str, TaskFiles] = {}
    for root in _roots(folders):
        for file in sorted((root.path / "tasks").glob("*.py")):
            if file.stem.startswith("_"):
                continue
            files = TaskFiles(file.stem, root)
            if file.stem in found:
                raise UsageError(
                    f"two tasks are called {file.stem}: {found[file.stem].rules} and {file}",
                    "rename one of them; a task's name is its file's name",
                )
            found[file.stem] = files
    return found


def find(name: str, folders: Sequence[Path] = ()) -> Plugin:
    """Discover and load one task. Raises UnknownName with near misses."""
    found = discover(folders)
    if name not in found:
        unknown = UnknownName("task", name, found)
        unknown.next_step += "; a task of your own needs --plugins DIR"
        raise unknown
    return load(found[name])


def load(files: TaskFiles) -> Plugin:
    """Import one task file and read what belongs to it. Raises PegboardError that names the file and line at fault."""
    puzzle = _puzzle(files)
    for fault in _faults(puzzle, files.name):
        raise PegboardError(f"{files.rules}: {fault}", "docs/adding-a-task.md says what each field of Puzzle holds")
    prompts = {stem: _text(file) for stem, file in files.prompts().items()}
    solvers = {language: _text(file) for language, file in files.solvers().items()}
    digest = hashlib.sha256()
    for label, file in sorted({"rules": files.rules, **files.prompts(), **files.solvers()}.items()):
        digest.update(f"{label}\0".encode() + file.read_bytes() + b"\0")
    return Plugin(files=files, puzzle=puzzle, prompts=prompts, solvers=solvers, digest=digest.hexdigest())


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PegboardError(f"{file} cannot be read: {error}", "it must be a text file in UTF-8") from error


def _roots(folders: Sequence[Path]) -> list[Root]:
    """Every root once, however often and under whatever name it is given."""
    roots: dict[Path, Root] = {}
    for root in _given(folders):
        roots.setdefault(root.path.resolve(), root)
    return list(roots.values())


def _given(folders: Sequence[Path]) -> Iterator[Root]:
    yield Root(_bundled(), "bundled")
    for point in sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda point: point.name):
        yield Root(_package_folder(point.value), f"package {point.value}")
    for folder in folders:
        if not (folder / "tasks").is_dir():
            raise UsageError(f"--plugins {folder}: no folder {folder / 'tasks'}", "a root holds tasks/*.py")
        yield Root(folder.resolve(), f"--plugins {folder}")


def _bundled() -> Path:
    package = Path(__file__).parent
    shipped = package / "bundled"
    return shipped if shipped.is_dir() else package.parent


def _package_folder(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    places = list(spec.submodule_search_locations or []) if spec is not None else []
    if not places or not (Path(places[0]) / "tasks").is_dir():
        raise PegboardError(
            f"the entry point {ENTRY_POINT_GROUP} = {module!r} leads to no folder with tasks/",
            f"it must name an installed package that holds tasks/*.py; reinstall or remove {module}",
        )
    return Path(places[0])


def _puzzle(files: TaskFiles) -> Puzzle:
    place = hashlib.sha256(str(files.rules).encode()).hexdigest()[:8]
    module_name = f"pegboard_task_{files.name}_{place}"
    spec = importlib.util.spec_from_file_location(module_name, files.rules)
    if spec is None or spec.loader is None:
        raise PegboardError(f"{files.rules} cannot be read as a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module  # dataclasses look their module up there
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:  # whatever a task's file raises is its author's to see, in one line
        raise PegboardError(f"{files.rules}{_line_in(files.rules, error)}: {type(error).__name__}: {error}") from error
    puzzle = getattr(module, "puzzle", None)
    if not isinstance(puzzle, Puzzle):
        raise PegboardError(f"{files.rules} does not define a puzzle", "end the file with: puzzle = Puzzle(...)")
    return puzzle


def _line_in(file: Path, error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename == str(file) and error.lineno:
        return f":{error.lineno}"
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(file)]
    return f":{lines[-1]}" if lines else ""


def _faults(puzzle: Puzzle, name: str) -> Iterator[str]:
    """What a puzzle's fields hold that they cannot: a task's file is not type-checked before it is used."""
    if puzzle.name != name:
        yield f"the puzzle is called {puzzle.name!r}; call it {name!r}, or rename the file"
    if type(puzzle.version) is not int:
        yield f"version is {puzzle.version!r}, not a whole number"
    if not puzzle.sizes or not _all(puzzle.sizes, int):
        yield f"sizes is {puzzle.sizes!r}, not one or more whole numbers, such as range(1, 9)"
    if not puzzle.variants or not _all(puzzle.variants, str):
        yield f'variants is {puzzle.variants!r}, not one or more names, such as ("standard",)'
    if not _all(puzzle.held_out, int):
        yield f"held_out is {puzzle.held_out!r}, not whole numbers"
    if not isinstance(puzzle.tokens_per_move, (int, float)) or not 0 < puzzle.tokens_per_move < math.inf:
        yield f"tokens_per_move is {puzzle.tokens_per_move!r}, not a number above 0"
    yield from _faults_of_disguises(puzzle)
    for field in FUNCTIONS:
        if not callable(getattr(puzzle, field)):
            yield f"{field} is {getattr(puzzle, field)!r}, not a function"
    for field in OPTIONAL_FUNCTIONS:
        if getattr(puzzle, field) is not None and not callable(getattr(puzzle, field)):
            yield f"{field} is {getattr(puzzle, field)!r}, neither a function nor None"


def _sorts_of(shape: Shape) -> Iterator[str]:
    """Every sort that a shape names."""
    for part in shape if isinstance(shape, (list, tuple)) else [shape]:
        if isinstance(part, str):
            yield part
        elif part is not None:
            yield from _sorts_of(part)


def _faults_of_disguises(puzzle: Puzzle) -> Iterator[str]:
    if puzzle.drawn_as is not None and puzzle.drawn_as not in DRAWN_AS:
        yield f"drawn_as is {puzzle.drawn_as!r} ({near_misses(puzzle.drawn_as, DRAWN_AS)})"
    for what, shape in {**puzzle.shapes, "move_shape": puzzle.move_shape}.items():
        for sort in {*_sorts_of(shape)} - {*puzzle.sorts}:
            yield f"the shape of {what} names {sort!r}, which is none of sorts ({', '.join(puzzle.sorts) or 'none'})"
    if any("." in name for name in puzzle.variants):
        yield f"variants is {puzzle.variants!r}: a dot is what stands before a disguise"
    for name, disguise in puzzle.disguises.items():
        if disguise.kind not in DISGUISE_KINDS:
            yield f"disguise {name} is of kind {disguise.kind!r} ({near_misses(disguise.kind, DISGUISE_KINDS)})"
        for sort in {*disguise.labels, *disguise.listed.values()} - {*puzzle.sorts}:
            yield f"disguise {name} renames {sort!r}, which is none of sorts ({', '.join(puzzle.sorts)})"
    for variant, beside in puzzle.twins.items():
        if not {variant, beside} <= {*puzzle.variants}:
            yield f"twins pairs {variant!r} with {beside!r}; both must be among variants"


def _all(values: object, kind: type) -> bool:
    return isinstance(values, Sequence) and not isinstance(values, str) and all(type(value) is kind for value in values)
