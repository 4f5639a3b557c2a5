"""The languages of listings: name -> Pygments' lexer, aliases, and how comments begin."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from pygments.lexers import get_all_lexers, get_lexer_by_name
from pygments.util import ClassNotFound


@dataclass(frozen=True, slots=True)
class CodeLanguage:
    """A language of code; without a lexer it is printed plain."""

    name: str
    lexer: str = ""
    aliases: tuple[str, ...] = ()
    comments: tuple[str, ...] = ("#",)
    """The beginning of a comment to the end of the line, or of one that `*/` or `-->` closes."""


C_LIKE = ("//", "/*")
MARKUP = ("<!--",)
LANGUAGES = (
    CodeLanguage("text", aliases=("plain", "plaintext", "txt", "output", "csv", "tsv", "log")),
    CodeLanguage("console", aliases=("shell-session", "shellsession", "sh-session", "bash-session", "terminal")),
    CodeLanguage("pycon", aliases=("python-console",)),
    CodeLanguage("psql", aliases=("postgresql-console", "postgres-console"), comments=("--", "#")),
    CodeLanguage("mysql-console", aliases=("mysql-session", "sqlite3"), comments=("--", "#")),
    CodeLanguage("diff", "diff", ("patch", "udiff")),
    CodeLanguage("bash", "bash", ("sh", "shell", "zsh", "ksh")),
    CodeLanguage("fish", "fish"),
    CodeLanguage("powershell", "powershell", ("pwsh", "ps1")),
    CodeLanguage("batch", "batch", ("bat", "cmd"), ("::", "REM")),
    CodeLanguage("python", "python", ("py", "python3")),
    CodeLanguage("javascript", "javascript", ("js", "mjs", "cjs", "node"), C_LIKE),
    CodeLanguage("typescript", "typescript", ("ts", "mts"), C_LIKE),
    CodeLanguage("jsx", "jsx", (), C_LIKE),
    CodeLanguage("tsx", "tsx", (), C_LIKE),
    CodeLanguage("java", "java", (), C_LIKE),
    CodeLanguage("kotlin", "kotlin", ("kt", "kts"), C_LIKE),
    CodeLanguage("scala", "scala", (), C_LIKE),
    CodeLanguage("groovy", "groovy", ("gradle",), C_LIKE),
    CodeLanguage("clojure", "clojure", ("clj",), (";",)),
    CodeLanguage("go", "go", ("golang",), C_LIKE),
    CodeLanguage("rust", "rust", ("rs",), C_LIKE),
    CodeLanguage("c", "c", ("h",), C_LIKE),
    CodeLanguage("cpp", "cpp", ("c++", "cc", "cxx", "hpp"), C_LIKE),
    CodeLanguage("csharp", "csharp", ("c#", "cs"), C_LIKE),
    CodeLanguage("fsharp", "fsharp", ("f#", "fs"), ("//", "(*")),
    CodeLanguage("swift", "swift", (), C_LIKE),
    CodeLanguage("objective-c", "objective-c", ("objc", "objectivec"), C_LIKE),
    CodeLanguage("dart", "dart", (), C_LIKE),
    CodeLanguage("zig", "zig", (), ("//",)),
    CodeLanguage("ruby", "ruby", ("rb",)),
    CodeLanguage("perl", "perl", ("pl",)),
    CodeLanguage("php", "php", (), (*C_LIKE, "#")),
    CodeLanguage("lua", "lua", (), ("--",)),
    CodeLanguage("r", "r", ("rscript",)),
    CodeLanguage("julia", "julia", ("jl",)),
    CodeLanguage("elixir", "elixir", ("ex", "exs")),
    CodeLanguage("erlang", "erlang", ("erl",), ("%",)),
    CodeLanguage("haskell", "haskell", ("hs",), ("--",)),
    CodeLanguage("ocaml", "ocaml", ("ml",), ("(*",)),
    CodeLanguage("lisp", "common-lisp", ("common-lisp", "cl"), (";",)),
    CodeLanguage("scheme", "scheme", ("racket",), (";",)),
    CodeLanguage("nasm", "nasm", ("asm",), (";",)),
    CodeLanguage("sql", "sql", (), ("--", "/*")),
    CodeLanguage("mysql", "mysql", ("mariadb",), ("--", "#", "/*")),
    CodeLanguage("postgresql", "postgresql", ("postgres", "pgsql"), ("--", "/*")),
    CodeLanguage("plpgsql", "plpgsql", (), ("--", "/*")),
    CodeLanguage("graphql", "graphql", ("gql",)),
    CodeLanguage("json", "json", ("jsonc", "json5", "jsonl"), ("//", "#")),
    CodeLanguage("yaml", "yaml", ("yml",)),
    CodeLanguage("toml", "toml"),
    CodeLanguage("ini", "ini", ("cfg", "conf", "dosini"), (";", "#")),
    CodeLanguage("properties", "properties", ("env", "dotenv")),
    CodeLanguage("hcl", "hcl", ("terraform", "tf"), ("#", "//")),
    CodeLanguage("docker", "docker", ("dockerfile", "containerfile")),
    CodeLanguage("make", "make", ("makefile", "mk")),
    CodeLanguage("cmake", "cmake"),
    CodeLanguage("nginx", "nginx"),
    CodeLanguage("apache", "apacheconf", ("apacheconf",)),
    CodeLanguage("systemd", "systemd", ("service",)),
    CodeLanguage("promql", "promql"),
    CodeLanguage("protobuf", "protobuf", ("proto",), C_LIKE),
    CodeLanguage("http", "http"),
    CodeLanguage("html", "html", ("htm", "xhtml", "vue", "vue-html", "svelte", "astro"), MARKUP),
    CodeLanguage("xml", "xml", ("svg", "xsd", "xslt"), MARKUP),
    CodeLanguage("css", "css", (), ("/*",)),
    CodeLanguage("scss", "scss", (), C_LIKE),
    CodeLanguage("markdown", "markdown", ("md",), MARKUP),
    CodeLanguage("jinja", "html+jinja", ("jinja2", "html+jinja"), ("{#", *MARKUP)),
    CodeLanguage("latex", "tex", ("tex",), ("%",)),
    CodeLanguage("vim", "vim", ("vimscript",), ('"',)),
    CodeLanguage("awk", "awk"),
)
"""A new language is one line here. Others are looked for among the lexers of Pygments."""
TEXT = LANGUAGES[0]


@cache
def _by_name() -> dict[str, CodeLanguage]:
    return {name: language for language in LANGUAGES for name in (language.name, *language.aliases)}


@cache
def code_language(name: str) -> CodeLanguage | None:
    """Return the language of a name in lower case; an empty name is text, None is an unknown language."""
    known = _by_name().get(name) if name else TEXT
    if known is not None:
        return known
    try:
        get_lexer_by_name(name)
    except ClassNotFound:
        return None
    return CodeLanguage(name, name)


SHORT = 5
USUAL, LEAST_ALIKE = 0.6, 0.75
"""Share of letters that two names have in common, to be taken for one another; and for those of fewer letters."""


def nearest(name: str) -> str:
    """Return the name of a language with a similar spelling; empty if there is none."""
    of_pygments = (alias for _, aliases, _, _ in get_all_lexers() for alias in aliases)
    alike = LEAST_ALIKE if len(name) < SHORT else USUAL
    near = get_close_matches(name, _by_name(), 1, alike) or get_close_matches(name, sorted(of_pygments), 1, alike)
    return near[0] if near else ""
