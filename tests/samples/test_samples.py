"""The code in a book, checked and run: what is found where, what is counted, what is cached, and what is ended."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from compositor.machine.setup.installing import make_environment
from compositor.model import Place
from compositor.samples import Wanted, calling, environments
from compositor.samples.table import Standing, as_lines
from tests.finished import ROOT
from tests.samples.conftest import Make, proof, said, spoil

PAGE = ROOT / "docs" / "manual" / "samples.md"
CHECK = '[samples.languages.python]\ncheck = ["python", "samples/forbid.py", "{files}"]\n'
RUN = '[samples.languages.python]\nrun = ["python", "{file}"]\n'
NO_LINE = "X101 01-one.md:3 the check of this sample fails (exit code 4) and names no line"


def fence(*lines: str, info: str = "python") -> str:
    """Return a fence of these lines."""
    return "\n".join([f"```{info}", *lines, "```", "", ""])


def press(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run `build.py` with these arguments, in a process of its own."""
    command = [sys.executable, ROOT / "build.py", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def calls(folder: Path) -> list[str]:
    """Return the files that the test command has been given so far."""
    file = folder / "calls.txt"
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


# --- What is found ----------------------------------------------------------------------------------------------


def test_a_book_without_fault_has_no_findings(proved: Path) -> None:
    """Code at every kind of place is checked and run, and each exception has its reason."""
    found = proof(proved)
    assert said(found) == []
    assert [(one.language, str(one.place), one.unchecked, one.unexecuted) for one in found.standings] == [
        ("python", "01-prints.md:3", "", ""),
        ("python", "01-prints.md:19", "", ""),
        ("python", "01-prints.md:29", "", "it would never end"),
        ("text", "01-prints.md:38", "no command for it", "no command for it"),
        ("text.counted", "01-prints.md:42", "", "no command that runs it"),
        ("text", "01-prints.md:46", "no command for it", "no command for it"),
        ("python", "02-places.md:5", "", ""),
        ("python", "02-places.md:12", "", ""),
        ("python", "02-places.md:17", "", ""),
        ("python", "02-places.md:25", "", ""),
        ("python", "parts/_part.md:3", "", ""),
        ("python", "02-places.md:31", "", ""),
        ("python", "02-places.md:40", "", ""),
        ("text", "02-places.md:46", "no command for it", "no command for it"),
    ]


@pytest.mark.parametrize(
    ("file", "code", "place"),
    [
        ("02-places.md", "first = 1", "02-places.md:6:3"),
        ("02-places.md", "second = 2", "02-places.md:13:3"),
        ("02-places.md", "paper = 2.5", "02-places.md:18:1"),
        ("02-places.md", "defined = 2.7", "02-places.md:26:3"),
        ("parts/_part.md", "third = 3", "parts/_part.md:4:1"),
        ("02-places.md", "fourth = 4", "02-places.md:41:1"),
        ("samples/listing.py", "value = 5", "samples/listing.py:6:5"),
    ],
    ids=["list", "quotation", "format", "definition", "part", "answer", "file"],
)
def test_a_fault_has_the_place_where_the_code_is_written(proved: Path, file: str, code: str, place: str) -> None:
    """Indents, quotation marks and includes are between the tool's line numbers and the author's source."""
    spoil(proved / file, code, "WRONG = 0")
    assert said(proof(proved)) == [f"X101 {place} the word WRONG"]


def test_a_fault_in_a_file_says_where_it_is_printed(proved: Path) -> None:
    """The author of the file then knows which page changes with it."""
    spoil(proved / "samples/listing.py", "value = 5", "WRONG = 0")
    assert proof(proved).findings[0].helps[-1] == "it is printed at 02-places.md:31"


def test_the_command_line_shows_chapter_line_and_words_of_the_tool(make_samples: Make) -> None:
    """Findings go to stderr, the table to stdout, and the exit code is 1."""
    folder = make_samples(CHECK, fence("right = 1", "WRONG = 2"))
    done = press("samples", folder, "-q")
    assert done.returncode == 1
    assert done.stderr == (
        "error[X101]: the word WRONG\n"
        f"  --> {folder}/01-one.md:5:1\n"
        "  |\n"
        "5 | WRONG = 2\n"
        "  | ^\n"
        "   = help: said by: python samples/forbid.py {files}\n"
        "\n"
        f"1 error; for an explanation: python3 {ROOT / 'build.py'} explain X101\n"
    )
    assert "python          1        0         0" in done.stdout


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("{file}:2:5: words: more", "X101 01-one.md:5:5 words: more"),
        ("{file}:2: words", "X101 01-one.md:5:1 words"),
        ("{file}: line 2: words", "X101 01-one.md:5:1 words"),
        ("\x1b[31m{file}:2: words\x1b[0m", "X101 01-one.md:5:1 words"),
        ("{file}:99: the end is missing", "X101 01-one.md:5:1 the end is missing"),
        ('  File "{file}", line 2\n    b\nSyntaxError: no', "X101 01-one.md:5:1 SyntaxError: no"),
        ("{file}:2: one\n{file}:2: two", "X101 01-one.md:5:1 one; two"),
        (
            "".join(f"{{file}}:2: {number}\n" for number in range(1, 8)),
            "X101 01-one.md:5:1 1; 2; 3; 4; … 3 lines more",
        ),
        ("no line", f"{NO_LINE}:\n    no line"),
        ("", f"{NO_LINE}, without output"),
    ],
)
def test_what_a_tool_prints_leads_to_a_line(make_samples: Make, printed: str, expected: str) -> None:
    """Lines in the style of compilers, shells and Python are understood, and any other output is quoted whole."""
    code = f"import sys; print({printed!r}.replace('{{file}}', sys.argv[1])); sys.exit(4)"
    settings = f"[samples.languages.python]\ncheck = ['python', '-c', {json.dumps(code)}, '{{file}}']\n"
    found = said(proof(make_samples(settings, fence("a = 1", "b = 2"))))
    assert found == [expected]


def test_a_traceback_leads_to_the_innermost_line(make_samples: Make) -> None:
    """A failure in a function is reported there, with the last line of the traceback."""
    text = fence("def halve(number):", "    assert number % 2 == 0, number", "    return number // 2", "", "halve(3)")
    assert said(proof(make_samples(RUN, text))) == ["X102 01-one.md:5:1 AssertionError: 3"]


def test_the_example_of_the_manual_is_as_it_says(tmp_path: Path) -> None:
    """The page on samples shows a whole book, and the command's output for it."""
    shown = PAGE.read_text(encoding="utf-8")
    fences = [token.content for token in MarkdownIt().parse(shown) if token.type == "fence"]
    settings, chapter, table, fault = fences[:4]
    (tmp_path / "book.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "01-counting.md").write_text(chapter, encoding="utf-8")
    assert press("samples", tmp_path, "-q").stdout == table.replace("01-c", f"{tmp_path}/01-c")
    spoil(tmp_path / "01-counting.md", "range(3):", "range(3)")
    assert fault.replace("01-c", f"{tmp_path}/01-c") in press("samples", tmp_path, "-q").stderr


def test_the_runner_of_the_manual_runs(make_samples: Make) -> None:
    """The page on samples shows a runner, and it does what the page says."""
    shown = PAGE.read_text(encoding="utf-8")
    runner = [token.content for token in MarkdownIt().parse(shown) if token.type == "fence"][-1]
    settings = "[samples.languages.python]\nrun = ['python', 'samples/run_python.py', '{files}']\n"
    folder = make_samples(settings, fence("a = 1") + fence("print(a)") + fence("1", info="text {.output}"))
    (folder / "samples" / "run_python.py").write_text(runner, encoding="utf-8")
    assert said(proof(folder)) == []
    spoil(folder / "01-one.md", "print(a)", "print(b)")
    assert said(proof(folder)) == ["X102 01-one.md:8:1 NameError: name 'b' is not defined"]


def test_the_skeleton_is_proved(tmp_path: Path) -> None:
    """The book that `init` copies has code, commands for it, and no fault."""
    found = proof(shutil.copytree(ROOT / "skeleton" / "book", tmp_path / "book"))
    assert said(found) == []
    assert [(one.language, one.unchecked, one.unexecuted) for one in found.standings] == [("python", "", "")]


def test_what_is_broken_is_not_run_as_well(make_samples: Make) -> None:
    """A mistake is reported once: code with a finding of the check is not run, and code run with it runs without it."""
    settings = CHECK + 'run = ["python", "{file}"]\n'
    folder = make_samples(settings, fence("WRONG = 1", "open('ran', 'w')") + fence("right = 1"))
    found = proof(folder)
    assert said(found) == ["X101 01-one.md:4:1 the word WRONG"]
    assert [one.unexecuted for one in found.standings] == ["its check failed", ""]
    spoil(folder / "book.toml", '"{file}"', '"{files}"')
    assert [one.unexecuted for one in proof(folder).standings] == ["failed", ""]
    assert not (folder / "ran").exists()


def test_a_fault_does_not_hide_another(make_samples: Make) -> None:
    """A failure at run time is reported although the check has named the neighbour."""
    program = "import sys; [exec(open(one).read()) for one in sys.argv[1:]]"
    settings = CHECK + f'run = ["python", "-c", "{program}", "{{files}}"]\n'
    folder = make_samples(settings, fence("WRONG = 1") + fence("1 / 0") + fence("right = 1"))
    found = proof(folder)
    assert len(said(found)) == 2 and "division by zero" in said(found)[0] + said(found)[1]
    assert found.standings[0].unexecuted == "failed"


def test_one_fault_in_a_chapter_leaves_the_others_unproved(make_samples: Make) -> None:
    """A failed call proves nothing about the samples that it did not name."""
    found = proof(make_samples(CHECK, fence("right = 1") + fence("WRONG = 1")))
    reasons = [one.unchecked for one in found.standings]
    assert reasons == ["called together with one that failed (2 samples)", "failed"]


def test_a_call_that_takes_too_long_is_ended_with_all_it_started(make_samples: Make, tmp_path: Path) -> None:
    """The time limit is a finding, and no process is left."""
    code = ["import subprocess, sys", "print('begun', flush=True)", f"subprocess.run(['sleep', '{LONG}'])"]
    found = said(proof(make_samples(RUN + "timeout = 1\n", fence(*code))))
    assert found == ["X103 01-one.md:3 the run of this sample was stopped after 1 seconds:\n    begun"]
    assert not_running(LONG)


def test_a_process_that_a_sample_leaves_behind_is_ended(make_samples: Make) -> None:
    """A sample that starts a server and ends well leaves no server."""
    code = ["import subprocess", f"subprocess.Popen(['sleep', '{LONG}'])"]
    assert said(proof(make_samples(RUN, fence(*code)))) == []
    assert not_running(LONG)


def test_a_call_that_prints_without_end_is_ended(make_samples: Make) -> None:
    """A loop that prints does not fill the disk."""
    found = said(proof(make_samples(RUN, fence("while True:", "    print('x' * 9999)"))))
    assert found[0].startswith("X103 01-one.md:3 the run of this sample was stopped after it had printed 16 MB")


LONG = "4321.5"
"""A number of seconds that no other process sleeps."""


def not_running(argument: str) -> bool:
    """Return whether no process of this machine sleeps that long."""
    listed = subprocess.run(["ps", "-A", "-o", "args="], capture_output=True, text=True, check=True).stdout
    return f"sleep {argument}" not in listed


# --- What is missing --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "expected", "reason"),
    [
        (
            '[samples.languages.python]\nrun = ["no-such-program", "{file}"]\n',
            'X122 book.toml:6:7 "no-such-program" cannot be run: there is no such program on this machine',
            '"no-such-program" cannot be run: there is no such program on this machine',
        ),
        (
            '[samples.languages.python]\nrun = ["samples/no-such-program", "{file}"]\n',
            'X122 book.toml:6:7 "samples/no-such-program" cannot be run: there is no such program on this machine',
            '"samples/no-such-program" cannot be run: there is no such program on this machine',
        ),
        (
            '[samples.languages.python]\nrun = ["samples/no-format", "{file}"]\n',
            'X122 book.toml:6:7 "samples/no-format" cannot be run: exec format error',
            '"samples/no-format" cannot be run: exec format error',
        ),
        (
            f'{RUN}environment = "tools"\n[samples.environments.tools]\nprograms = ["no-such-program", "python"]\n',
            'X122 book.toml:9:12 the environment "tools" needs "no-such-program", which is not installed',
            'the environment "tools" needs "no-such-program"',
        ),
        (
            f'{RUN}needs = ["other"]\n[samples.environments.other]\nprograms = ["no-such-program"]\n',
            'X122 book.toml:9:12 the environment "other" needs "no-such-program", which is not installed',
            'the environment "other" needs "no-such-program"',
        ),
        (
            f'{RUN}environment = "tools"\n[samples.environments.tools]\nlock = "samples/none.lock"\n',
            'M002 book.toml:9:8 there is no file "samples/none.lock"',
            'the environment "tools" is not complete',
        ),
    ],
    ids=["command", "script", "format", "program", "needed", "lock"],
)
def test_what_is_missing_is_never_passed(make_samples: Make, settings: str, expected: str, reason: str) -> None:
    """A sample whose command cannot be started counts as not executed, for that reason."""
    folder = make_samples(settings, fence("pass"))
    (folder / "samples" / "no-format").write_bytes(b"no program")
    (folder / "samples" / "no-format").chmod(0o755)
    found = proof(folder)
    assert said(found) == [expected]
    assert [one.unexecuted for one in found.standings] == [reason]


def test_a_missing_program_comes_with_the_words_of_the_book_about_it(make_samples: Make) -> None:
    """The remedy is the text in book.toml about how to get the programs."""
    settings = (
        f'{RUN}environment = "tools"\n[samples.environments.tools]\n'
        'programs = ["no-such-program"]\nprograms-from = "apt install none"\n'
    )
    [found] = proof(make_samples(settings, fence("pass"))).findings
    assert found.helps[0].startswith("apt install none; until then")


def test_what_the_machine_lacks_is_exit_code_3(make_samples: Make) -> None:
    """A missing program is not an error of the book; a fault in addition is."""
    settings = '[samples.languages.python]\ncheck = ["no-such-program", "{file}"]\n'
    assert press("samples", make_samples(settings, fence("pass"))).returncode == 3
    settings += 'run = ["python", "{file}"]\n'
    assert press("samples", make_samples(settings, fence("assert False"))).returncode == 1


def test_a_broken_lock_is_named_with_the_words_of_the_installer(
    make_samples: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An installation failure is reported in the installer's words; an incomplete environment is never used."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    settings = f'{RUN}environment = "tools"\n[samples.environments.tools]\nlock = "samples/broken.lock"\n'
    folder = make_samples(settings, fence("pass"))
    (folder / "samples" / "broken.lock").write_text("no-such-package==1.0\n", encoding="utf-8")
    found = proof(folder)
    assert [(finding.code, str(finding.place)) for finding in found.findings] == [("X121", "book.toml:9:8")]
    assert 'the environment "tools" cannot be made' in found.findings[0].message
    assert "No matching distribution found for no-such-package==1.0" in found.findings[0].whole
    assert found.standings[0].unexecuted == 'the environment "tools" cannot be made'
    assert not list(folder.rglob(environments.COMPLETE))


NPM = """#!/bin/sh
echo "$*" >"$3/asked"
mkdir -p "$3/node_modules/.bin"
printf '#!/bin/sh\\ncat "$1"' >"$3/node_modules/.bin/show"
chmod +x "$3/node_modules/.bin/show"
"""
"""A replacement for npm, which installs a program that prints a file."""


def test_packages_of_node_are_installed_from_their_lock(
    make_samples: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`npm ci` runs without scripts, the commands find its programs, and an incomplete folder is a finding."""
    settings = (
        '[samples.languages.text]\nenvironment = "node"\nrun = ["show", "{file}"]\n'
        '[samples.environments.node]\nnpm = "samples/npm"\n'
    )
    folder = make_samples(settings, fence("words", info="text") + fence("words", info="text {.output}"))
    (folder / "samples" / "npm").mkdir()
    (folder / "samples" / "npm" / "package.json").write_text("{}", encoding="utf-8")
    assert said(proof(folder)) == ['M002 book.toml:9:7 there is no file "samples/npm/package-lock.json"']
    (folder / "samples" / "npm" / "package-lock.json").write_text("{}", encoding="utf-8")
    (tmp_path / "npm").write_text(NPM, encoding="utf-8")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    assert said(proof(tmp_path / "link")) == []
    (asked,) = (folder / ".samples").glob("environments/*/asked")
    words = asked.read_text(encoding="utf-8").split()
    assert words[0] == "ci"
    assert "--ignore-scripts" in words
    assert words[words.index("--prefix") + 1] == str(asked.parent.resolve()), "by its real name"


def test_a_lock_that_npm_refuses_is_named_with_its_words(
    make_samples: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The finding has npm's error, and not the usage text that it prints after that."""
    settings = f'{RUN}environment = "node"\n[samples.environments.node]\nnpm = "samples/npm"\n'
    folder = make_samples(settings, fence("pass"))
    (folder / "samples" / "npm").mkdir()
    for name in ("package.json", "package-lock.json"):  # other files than were installed before
        (folder / "samples" / "npm" / name).write_text('{"dependencies": {"left-pad": "1"}}', encoding="utf-8")
    printed = ("Missing: left-pad@ from lock file", "Clean install a project", "Usage:")
    lines = "".join(f"echo 'npm error {line}'\n" for line in printed)
    (tmp_path / "npm").write_text(f"#!/bin/sh\n{lines}exit 1\n", encoding="utf-8")
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    [found] = proof(folder).findings
    assert found.code == "X121"
    assert "Missing: left-pad@ from lock file" in found.whole
    assert "Usage" not in found.whole


# --- What samples print -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("info", "lines", "expected"),
    [
        ("text {.output}", ["one", "two"], []),
        ("text {.output}", ["one  ", "two", "", ""], []),
        ("text {.output}", ["one", "drei"], ['X110 01-one.md:10:1 the run prints "two" here']),
        ("text {.output}", ["one"], ['X110 01-one.md:9:1 the run continues, and prints "two" next']),
        ("text {.output}", ["one", "two", "three"], ["X110 01-one.md:11:1 the run has ended here"]),
        ("{.output}", ["drei"], ['X110 01-one.md:9:1 the run prints "one" here']),
        ("text {.output .shortened}", ["…", "two"], []),
        ("text {.output .shortened}", ["one", "..."], []),
        (
            "text {.output .shortened}",
            ["two", "one"],
            ["X110 01-one.md:10:1 the run does not print this line after the lines above it"],
        ),
        ("text {.output .shortened}", ["three"], ["X110 01-one.md:9:1 the run does not print this line"]),
        ('text {.output varies="t[a-z]+"}', ["one", "tool"], []),
        ('text {.output varies="t[a-z]+"}', ["only", "tool"], ['X110 01-one.md:9:1 the run prints "one" here']),
        ('text {.output varies="("}', ["one", "two"], ["X114 01-one.md:8 `varies` is not a regular expression"]),
        ('text {.output .elsewhere source="a book"}', ["three"], []),
        (
            "text {.output .elsewhere}",
            ["one"],
            ["X114 01-one.md:8 this output is from elsewhere, without a source"],
        ),
    ],
)
def test_a_printed_output_is_compared_with_the_run(
    make_samples: Make, info: str, lines: list[str], expected: list[str]
) -> None:
    """The output after a sample must be what the sample prints, or a part of it, or name its origin."""
    text = fence('print("one")', 'print("two")') + fence(*lines, info=info)
    assert said(proof(make_samples(RUN, text)))[:1] == expected


def test_a_sample_that_prints_something_else_is_not_executed(make_samples: Make) -> None:
    """A wrong output is a failed assertion of its sample, and of no other."""
    text = fence("print(1)") + fence("2", info="text {.output}") + fence("print(3)")
    assert [one.unexecuted for one in proof(make_samples(RUN, text)).standings] == ["failed", ""]


def test_a_failure_hides_no_other_output(make_samples: Make) -> None:
    """In a call for a whole chapter, the output of the others is compared although one of them failed."""
    runner = (
        "import sys; texts = {path: open(path).read() for path in sys.argv[1:]}; "
        "[open(path + '.out', 'w').write(text) for path, text in texts.items()]; "
        "[print(path + ':1: bad') for path, text in texts.items() if 'bad' in text]; sys.exit(1)"
    )
    settings = f"[samples.languages.python]\nrun = ['python', '-c', {json.dumps(runner)}, '{{files}}']\n"
    text = fence("bad") + fence("1", info="text {.output}") + fence("2") + fence("3", info="text {.output}")
    text += fence("4") + fence("4", info="text {.output}")
    assert said(proof(make_samples(settings, text))) == [
        "X102 01-one.md:4:1 bad",
        'X110 01-one.md:16:1 the run prints "2" here',
    ]


def test_an_output_that_no_run_can_print_is_found(make_samples: Make) -> None:
    """After a sample that is never run, and after nothing, an output has to name its origin."""
    text = fence("1", info="text {.output}") + fence("print(1)", info='python {norun="no"}')
    text += fence("1", info="text {.output}")
    assert said(proof(make_samples(RUN, text))) == [
        "X111 01-one.md:3 this output follows no sample",
        "X112 01-one.md:11 this output is not from a run: no",
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["one", "three"], []),
        (["one", "…"], []),
        (["two", "one"], ['X110 01-one.md:5:1 "kept.log" does not have this line after the lines above it']),
        (["four"], ['X110 01-one.md:4:1 "kept.log" does not have this line']),
    ],
)
def test_an_output_from_elsewhere_is_compared_with_its_file(
    make_samples: Make, lines: list[str], expected: list[str]
) -> None:
    """Its lines must be lines of the named file, in the same order, even if no sample is before it."""
    text = fence(*lines, info='text {.output .elsewhere source-file="kept.log"}') + fence("print(1)")
    folder = make_samples(RUN, text)
    (folder / "kept.log").write_text("# of May\none\ntwo\nthree\n", encoding="utf-8")
    assert said(proof(folder)) == expected
    (folder / "kept.log").unlink()
    assert [finding[:4] for finding in said(proof(folder))] == ["M002"]


def test_a_runner_says_what_each_sample_printed(make_samples: Make) -> None:
    """With {files}, a runner writes each sample's output to the file beside it; a missing file is a finding."""
    runner = "import sys; open(sys.argv[1] + '.out', 'w').write('1\\n')"
    settings = f"[samples.languages.python]\nrun = ['python', '-c', {json.dumps(runner)}, '{{files}}']\n"
    output = fence("1", info="text {.output}")
    found = said(proof(make_samples(settings, fence("print(1)") + output + fence("print(1)") + output)))
    assert found == ["X113 01-one.md:15 the run does not say what this sample printed"]


@pytest.mark.parametrize(
    ("info", "expected"),
    [
        ('python {norun=""}', "X115 01-one.md:3 `norun` without a reason"),
        ("python {.shortened}", "X114 01-one.md:3 `.shortened` on code that is not an output"),
        ('python {varies="x"}', "X114 01-one.md:3 `varies` on code that is not an output"),
    ],
)
def test_attributes_that_cannot_be_meant(make_samples: Make, info: str, expected: str) -> None:
    """An attribute without effect, or an exception without a reason, is named."""
    assert said(proof(make_samples(RUN, fence("pass", info=info)))) == [expected]


# --- What is counted --------------------------------------------------------------------------------------------


def test_the_table_counts_and_gives_reasons(proved: Path) -> None:
    """Every fence is in the table; code that was not checked or run is listed below it with its place."""
    done = press("samples", proved, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "language      samples  checked  executed\n"
        "python             10       10         9\n"
        "text                3        0         0\n"
        "text.counted        1        1         0\n"
        "in all             14       11         9\n"
        "                        78.5 %    64.2 %\n"
        "\n"
        "not checked:\n"
        "  text: no command for it\n"
        f"    {proved}/01-prints.md:38, :46\n"
        f"    {proved}/02-places.md:46\n"
        "\n"
        "not executed:\n"
        "  python: it would never end\n"
        f"    {proved}/01-prints.md:29\n"
        "  text: no command for it\n"
        f"    {proved}/01-prints.md:38, :46\n"
        f"    {proved}/02-places.md:46\n"
        "  text.counted: no command that runs it\n"
        f"    {proved}/01-prints.md:42\n"
    )


def test_the_table_for_programs_is_one_object(proved: Path) -> None:
    """With `--format json` the last line holds every sample with both reasons, and the percentages."""
    done = press("samples", proved, "--format", "json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert len(told["samples"]) == 14
    assert told["samples"][2] == {
        "language": "python",
        "file": f"{proved}/01-prints.md",
        "line": 29,
        "unchecked": "",
        "unexecuted": "it would never end",
    }
    assert told["percent"] == {"checked": 78.57, "executed": 64.29}


def test_a_share_that_is_not_reached_is_found(proved: Path) -> None:
    """The share in book.toml is required, unless the command line gives another one."""
    spoil(proved / "book.toml", "least-checked = 40", "least-checked = 90")
    least = "X131 book.toml:6:17 78.5 % of the samples are checked; at least 90 % must be"
    assert said(proof(proved)) == [least]
    assert said(proof(proved, Wanted(least_checked=78))) == []
    assert "64.2 % of the samples are executed" in said(proof(proved, Wanted(least_checked=0, least_run=65)))[0]


def test_commands_for_what_is_not_in_the_book_are_doubted(make_samples: Make) -> None:
    """A misspelt language would otherwise silently do nothing."""
    found = proof(make_samples(RUN + '[samples.languages.pyton]\nrun = ["python", "{file}"]\n', fence("pass")))
    assert said(found) == ['X132 book.toml:7:20 no sample of the book is in "pyton"']
    assert (found.findings[0].severity, found.findings[0].helps) == ("warning", ('did you mean "python"?',))


def test_a_book_without_commands_is_counted(small_book: Path) -> None:
    """Nothing is run and nothing is made, and the command says how to begin."""
    (small_book / "01-one.md").write_text("# One\n\n" + fence("pass"), encoding="utf-8")
    done = press("samples", small_book)
    assert (done.returncode, done.stderr) == (
        0,
        f"{small_book}/book.toml names no commands, as in: [samples.languages.python]\n",
    )
    assert "in all          1        0         0" in done.stdout
    assert not (small_book / ".samples").exists()


def test_a_share_is_never_rounded_up() -> None:
    """A share just below the whole is not shown as the whole."""
    standings = [Standing("c", Place("a.md", 1), "" if number else "no", "") for number in range(2001)]
    assert any("99.9 %" in line and "100.0 %" in line for line in as_lines(standings))


def test_one_chapter_may_be_proved_alone(proved: Path) -> None:
    """The beginning of a file name is enough; shares are those of the whole book."""
    done = press("samples", proved, "-q", "-c", "02", "--least-run", "100")
    assert (done.returncode, done.stderr) == (0, "")
    assert "in all          8 " in done.stdout
    wrong = press("samples", proved, "-c", "03")
    assert wrong.returncode == 2
    assert "no chapter is called '03'" in wrong.stderr


def test_the_most_exact_language_counts(make_samples: Make) -> None:
    """Of the commands that fit a fence, those with the most classes are used; names of one language are one."""
    show = "check = ['python', '-c', 'import sys; print(\"{}\"); sys.exit(1)', '{{file}}']\n"
    tables = ("sql", '"sql.pg"', '"sql.pg.slow"', "sh")
    settings = "".join(f"[samples.languages.{name}]\n{show.format(name.strip(chr(34)))}" for name in tables)
    infos = ("sql", "sql {.my}", "sql {.pg}", "sql {.slow .pg}", "bash")
    found = said(proof(make_samples(settings, "".join(fence("x", info=info) for info in infos))))
    assert [line.split()[-1] for line in found] == ["sql", "sql", "sql.pg", "sql.pg.slow", "sh"]


# --- What is kept -----------------------------------------------------------------------------------------------


def test_what_has_not_changed_is_not_called_again(make_samples: Make) -> None:
    """A second run calls nothing, a changed fence is called again, and `fresh` calls everything."""
    each = '[samples.languages.python]\ncheck = ["python", "samples/forbid.py", "{file}"]\n'
    folder = make_samples(each, fence("a = 1") + fence("b = 1"))
    for _ in range(2):
        assert said(proof(folder)) == []
        assert sorted(calls(folder)) == ["01-3.py", "01-7.py"]
    spoil(folder / "01-one.md", "b = 1", "b = 2")
    proof(folder)
    assert calls(folder)[2:] == ["01-7.py"]
    spoil(folder / "01-one.md", "# One\n", "# One\n\nMore text, which moves every line.\n")
    proof(folder)
    assert calls(folder)[3:] == []
    proof(folder, Wanted(fresh=True))
    assert sorted(calls(folder)[3:]) == ["01-5.py", "01-9.py"]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("book.toml", '"{files}"]', '"{files}", "{files}"]'),
        ("samples/forbid.py", "f\"{file}:", "f\"./{file}:"),
        ("01-one.md", "```python", '```python {norun="x"}'),
    ],
    ids=["command", "tool", "attributes"],
)
def test_what_could_change_a_result_has_it_made_anew(make_samples: Make, file: str, before: str, after: str) -> None:
    """The key of a result includes the command, the files it uses, and the attributes of the code."""
    folder = make_samples(CHECK, fence("a = 1"))
    proof(folder)
    spoil(folder / file, before, after)
    proof(folder)
    assert len(calls(folder)) > 1


def test_another_lock_is_another_environment(make_samples: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of an environment is its inputs, and the results of commands in it depend on that key."""
    installed: list[str] = []
    quick = partial(make_environment, pip=False)
    monkeypatch.setattr(environments, "make_environment", lambda folder, name, **_: quick(folder, name))
    monkeypatch.setattr(environments, "install", lambda lock, folder, name: installed.append(lock.read_text("utf-8")))
    settings = f'{CHECK}environment = "tools"\n[samples.environments.tools]\nlock = "tools.lock"\n'
    folder = make_samples(settings, fence("a = 1"))
    for text in ("# nothing\n", "# nothing\n", "# nothing else\n"):
        (folder / "tools.lock").write_text(text, encoding="utf-8")
        assert said(proof(folder)) == []
    assert installed == ["# nothing\n", "# nothing else\n"]
    assert len(calls(folder)) == 2
    assert len(list((folder / ".samples" / "environments").iterdir())) == 1


def test_a_fault_is_never_kept(make_samples: Make) -> None:
    """A failed sample is called again, though nothing has changed."""
    folder = make_samples(CHECK, fence("WRONG = 1"))
    assert said(proof(folder)) == said(proof(folder))
    assert len(calls(folder)) == 2


def test_a_changed_output_is_compared_though_its_sample_is_kept(make_samples: Make) -> None:
    """An outdated output is reported without a new run."""
    folder = make_samples(RUN, fence("print(1)") + fence("1", info="text {.output}"))
    assert said(proof(folder)) == []
    spoil(folder / "01-one.md", "\n1\n", "\n2\n")
    assert said(proof(folder)) == ['X110 01-one.md:8:1 the run prints "1" here']


def test_results_that_nobody_asks_for_are_thrown_away(make_samples: Make) -> None:
    """The folder does not grow with every change of the text; a broken file in it counts as missing."""
    folder = make_samples(CHECK, fence("a = 1"))
    proof(folder)
    (kept,) = (folder / ".samples" / "results").iterdir()
    kept.write_text("{", encoding="utf-8")
    proof(folder)
    assert len(calls(folder)) == 2
    spoil(folder / "01-one.md", "a = 1", "a = 2")
    proof(folder)
    (other,) = (folder / ".samples" / "results").iterdir()
    assert other != kept


def test_the_folder_tells_others_to_leave_it_alone(make_samples: Make) -> None:
    """git ignores the folder, and backup programs recognise it as a cache."""
    folder = make_samples(CHECK, fence("a = 1"))
    proof(folder)
    assert (folder / ".samples" / ".gitignore").read_text(encoding="ascii") == "*\n"
    tag = (folder / ".samples" / "CACHEDIR.TAG").read_text(encoding="ascii")
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interruption_ends_the_commands_and_keeps_nothing(make_samples: Make, number: signal.Signals) -> None:
    """No process of a sample outlives Compositor, no unfinished result is cached, and no file is left."""
    code = ["import subprocess", "open('begun', 'w').close()", f"subprocess.run(['sleep', '{LONG}'])"]
    folder = make_samples(RUN, fence(*code))
    command = [sys.executable, ROOT / "build.py", "samples", folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        for _ in range(600):
            if (folder / "begun").exists() or started.poll() is not None:
                break
            time.sleep(0.05)
        started.send_signal(number)
        _, errors = started.communicate(timeout=60)
    assert started.returncode == 128 + number
    assert "interrupted" in errors
    assert list((folder / ".samples" / "results").glob("*")) == []
    assert not_running(LONG)


# --- What commands receive ---------------------------------------------------------------------------------------


def test_a_command_finds_its_environment_and_none_of_the_callers_secrets(
    make_samples: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PATH begins with the environment, HOME is a temporary folder, and the caller's variables are hidden."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setenv("PIP_INDEX_URL", "https://user:secret@example.org/")
    code = [
        "import os, sys",
        "print('secret' in str(dict(os.environ)))",
        "print(os.environ['TZ'], os.environ['LANG'])",
        "print(os.path.samefile(os.environ['PATH'].split(':')[0], os.path.dirname(sys.executable)))",
        "print(os.path.commonpath([os.environ['HOME'], os.environ['TMPDIR'], __file__]) != '/')",
        "print(os.path.exists(os.environ['COMPOSITOR_ENVIRONMENT_NEW_ONE'] + '/bin/python'))",
        "print(os.path.exists('book.toml'))",
    ]
    output = fence("False", "UTC C.UTF-8", "True", "True", "True", "True", info="text {.output}")
    settings = RUN + "[samples.environments.new-one]\n"
    assert said(proof(make_samples(settings, fence(*code) + output))) == []


def test_the_manifest_describes_the_fences(proved: Path) -> None:
    """A runner that needs more than the code gets chapter, line, id, classes, attributes and source."""
    (proved / "samples" / "forbid.py").write_text(
        "import pathlib, sys\npathlib.Path('told.json').write_text(pathlib.Path(sys.argv[1]).read_text())\n",
        encoding="utf-8",
    )
    spoil(proved / "book.toml", '"samples/forbid.py", "{files}"', '"samples/forbid.py", "{manifest}"')
    assert said(proof(proved, Wanted(("01-prints.md",)))) == []
    proof(proved, Wanted(("02-places.md",)))
    told = json.loads((proved / "told.json").read_text(encoding="utf-8"))
    for one in told:
        one["file"] = Path(one["file"]).name
    common = {"chapter": "02-places.md", "id": "", "language": "python", "classes": [], "attributes": {}}
    assert told[0] == {**common, "file": "01-5.py", "written-in": "02-places.md", "line": 6}
    assert told[4] == {**common, "file": "05-3.py", "written-in": "parts/_part.md", "line": 4}
    assert told[5] == {
        **common,
        "file": "06-31.py",
        "written-in": "02-places.md",
        "line": 32,
        "attributes": {"include": "samples/listing.py", "anchor": "body", "dedent": "auto"},
        "source": "samples/listing.py",
        "source-lines": [6],
    }


def test_the_order_of_findings_does_not_depend_on_who_is_first(
    make_samples: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two calls in parallel give the findings of sequential calls, in the same order."""
    code = ["import sys, time", "time.sleep({} / 20)", "sys.exit({})"]
    text = "".join(fence(*(line.format(number) for line in code)) for number in (4, 1, 3, 2))
    both = proof(make_samples(RUN, text))
    monkeypatch.setattr(calling, "AT_ONCE", 1)
    assert proof(make_samples(RUN, text)) == both
    assert [re.search(r"exit code (\d)", line)[1] for line in said(both)] == ["4", "1", "3", "2"]


# --- And nowhere else -------------------------------------------------------------------------------------------


ONE_FORMAT = [pytest.param(name, marks=pytest.mark.slow) for name in ("pdf", "epub")]
"""Commands that `all` includes."""


@pytest.mark.parametrize("command", ["check", "all", *ONE_FORMAT])
def test_no_other_command_runs_anything_of_a_book(make_samples: Make, tmp_path: Path, command: str) -> None:
    """A book with commands is built and checked without running one of them."""
    folder = make_samples(CHECK + RUN.partition("\n")[2], fence("open('ran', 'w').close()"))
    options = ["--full"] if command == "check" else ["-o", str(tmp_path / "out") + os.sep]
    done = press(command, folder, *options)
    assert done.returncode == 0, done.stderr
    assert calls(folder) == []
    assert not (folder / "ran").exists()
    assert not (folder / ".samples" / "CACHEDIR.TAG").exists()
    press("samples", folder)
    assert calls(folder) == ["01-3.py"]
    assert (folder / "ran").exists()


def test_a_book_that_cannot_be_read_is_not_run(make_samples: Make) -> None:
    """Errors of the text come first: a listing that could not be included has no code."""
    folder = make_samples(CHECK, fence("WRONG = 1") + "{{< include ../_part.md >}}\n")
    done = press("samples", folder)
    assert done.returncode == 1
    assert "error[" in done.stderr
    assert calls(folder) == []


