"""How the code in a book is checked: which commands read and run the samples of a language, in what environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleEnvironment:
    """What commands need: a Python environment from a lock file, Node packages, programs."""

    lock: str = ""
    """A file with exact versions and hashes; empty: a Python with its standard library."""
    npm: str = ""
    """A folder with package.json and package-lock.json."""
    programs: tuple[str, ...] = ()
    """Programs that must be on PATH."""
    programs_from: str = ""
    """How to get them: the remedy of the finding if one is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleLanguage:
    """The commands for one language: lists of words, in which {files}, {file} and {manifest} are filled in."""

    environment: str = ""
    """Name of the environment that the commands run in; empty: a Python with its standard library."""
    needs: tuple[str, ...] = ()
    """Names of other environments without which the commands cannot run."""
    check: tuple[str, ...] = ()
    """The command that reads the code: a parser, a linter."""
    run: tuple[str, ...] = ()
    """The command that runs the code."""
    uses: tuple[str, ...] = ("samples/**",)
    """Patterns for the files of the book on which a kept result depends."""
    timeout: int = 120
    """Seconds that one call may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """The settings of book.toml for the code in the book."""

    least_checked: int = 0
    """Least percentage of samples that must be checked; below it there is a finding."""
    least_run: int = 0
    """Least percentage of samples that must be run; below it there is a finding."""
    environments: Mapping[str, SampleEnvironment] = field(default_factory=dict)
    languages: Mapping[str, SampleLanguage] = field(default_factory=dict)
    """`bash`, or `sql.pg` for fences of SQL with the class `pg`."""
