"""What the checkers of the samples are made of: the parts that need nothing but Python."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import check_mysql
import combinations
import limits
import wire
from fences import Fault, Fence, read_manifest, report
from sessions import exchanges_of

ALIAS = "CREATE FUNCTION f (a INT)\n  RETURNS DOUBLE\n  ALIAS AWS_SAGEMAKER_INVOKE_ENDPOINT"


def fence(folder: Path, text: str) -> Fence:
    """A sample with this code."""
    file = folder / "01-sample.sql"
    file.write_text(text, encoding="utf-8")
    return Fence(file, "18.06-backtrack.md", 80, "", "sql")


def test_a_manifest_becomes_fences(tmp_path: Path) -> None:
    """What the manifest leaves out is empty, what it says more is ignored, and the number counts from one."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text('[{"file": "/x/1.sh", "chapter": "a/18.03-ends.md", "line": 9, "language": "bash", "more": 1}]')
    [only] = read_manifest(manifest)
    assert (only.name, only.chapter_name, only.line, only.classes) == ("number-1", "18.03-ends", 9, ())


def test_a_fault_is_one_line_with_its_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The press reads FILE:LINE:COLUMN: message, so a message has one line, and the same is said once."""
    sample = fence(tmp_path, "SELECT 1;\n")
    assert report([Fault(sample, 0, "two\nlines", 3), Fault(sample, 0, "two\nlines", 3)]) == 1
    assert capsys.readouterr().out == f"{sample.file}:1:3: two lines\n"
    assert report([]) == 0


def test_statements_end_at_semicolons_only(tmp_path: Path) -> None:
    """A semicolon in a string, a name or a comment ends no statement; each statement knows its line."""
    text = "-- first; not yet\nSELECT 'a;b', `c;d`;\n\nSELECT 'it''s';\nSELECT 1 - 1"
    found = [(each.line, each.text.splitlines()[-1]) for each in check_mysql.statements_of(fence(tmp_path, text))]
    assert found == [(1, "SELECT 'a;b', `c;d`;"), (4, "SELECT 'it''s';"), (5, "SELECT 1 - 1")]


@pytest.mark.parametrize(
    ("statement", "known"),
    [
        ("ALTER SYSTEM CRASH INSTANCE;", True),
        ("ALTER SYSTEM CRASH EVERYTHING;", False),
        (f"{ALIAS}\n  ENDPOINT NAME 'x';", True),
        (f"{ALIAS};", False),
    ],
)
def test_only_the_statements_of_aurora_pass_the_grammar_by(tmp_path: Path, statement: str, known: bool) -> None:
    """The list of Aurora's own statements is exact."""
    [only] = check_mysql.statements_of(fence(tmp_path, statement))
    assert only.is_of_aurora is known


def test_names_like_those_of_aurora_are_looked_up(tmp_path: Path) -> None:
    """A role or a function that begins with aws_ is one that Aurora has, or a fault with its line and column."""
    text = "GRANT aws_comprehend_access,\n  AWS_BEDROCK_ACESS TO 'app'@'%';"
    [only] = check_mysql.statements_of(fence(tmp_path, text))
    [found] = check_mysql.faults_of_names(only)
    assert (found.line, found.column, found.message.partition("; ")[2]) == (2, 3, "did you mean AWS_BEDROCK_ACCESS?")


def test_each_request_that_differs_is_told() -> None:
    """One difference hides no other; where a request is lost the rest has only moved."""
    record = {"x": ["rds one", "rds two", "rds three"]}
    sent = [(1, "rds one"), (2, "rds zwei"), (3, "rds drei")]
    assert [line for line, _ in wire.faults_of(record, "x", sent)] == [2, 3]
    assert [line for line, _ in wire.faults_of(record, "x", sent[1:])] == [2]


def test_what_no_run_has_printed_stands_a_second_time() -> None:
    """Every output from elsewhere names the file of samples/printed that it is compared with."""
    book = Path(__file__).parents[2]
    heads = [line for file in book.glob("*.md") for line in file.read_text(encoding="utf-8").splitlines()
             if line.startswith("```") and ".elsewhere" in line]  # fmt: skip
    named = [(re.findall(r'source-file="samples/printed/([^"]+)"', head) or [""])[0] for head in heads]
    assert sorted(named) == sorted(file.name for file in (book / "samples" / "printed").iterdir())


def test_a_session_is_cut_at_its_prompts() -> None:
    """A command may go on over lines; what follows is what it printed."""
    first, second = exchanges_of("$ echo 1\n1\n$ echo \\\n    2\n2\nand\n")
    assert (first.line, first.command, first.shown) == (1, "echo 1", "1")
    assert (second.line, second.command, second.shown) == (3, "echo \\\n    2", "2\nand")


SCALING = "ServerlessV2ScalingConfiguration"


@pytest.mark.parametrize(
    ("operation", "parameters", "said"),
    [
        ("CreateDBCluster", {"Engine": "aurora-postgresql", "BacktrackWindow": 60}, "Backtrack is for Aurora MySQL"),
        ("CreateDBCluster", {SCALING: {"MinCapacity": 8, "MaxCapacity": 4}}, "above MaxCapacity"),
        ("ModifyDBCluster", {SCALING: {"MinCapacity": 1, "SecondsUntilAutoPause": 300}}, "MinCapacity=0 only"),
        ("CreateDBCluster", {"Engine": "aurora-mysql", "EngineVersion": "17.7"}, "no version of aurora-mysql"),
        ("CreateDBCluster", {"Engine": "aurora-postgresql", "EngineVersion": "17.77"}, "did you mean 17.7?"),
        ("CreateDBCluster", {"ManageMasterUserPassword": True, "MasterUserPassword": "x"}, "exclude each other"),
        ("CreateDBCluster", {"GlobalClusterIdentifier": "g", "MasterUsername": "app"}, "takes no MasterUsername"),
        ("CreateGlobalCluster", {"SourceDBClusterIdentifier": "c", "Engine": "aurora-mysql"}, "Engine is inherited"),
        ("FailoverGlobalCluster", {"AllowDataLoss": True, "Switchover": True}, "exclude each other"),
        ("RestoreDBClusterToPointInTime", {}, "either RestoreToTime or"),
        ("RestoreDBClusterToPointInTime", {"RestoreType": "copy-on-write", "RestoreToTime": "t"}, "of the present"),
        ("CreateDBClusterEndpoint", {"StaticMembers": ["a"], "ExcludedMembers": ["b"]}, "exclude each other"),
        (
            "ModifyDBClusterParameterGroup",
            {"Parameters": [{"ParameterName": "rds.global_db_rpo", "ParameterValue": "5"}]},
            "20 or more",
        ),
        ("PutMetricAlarm", {"Period": 90}, "multiple of 60"),
    ],
)
def test_what_must_not_stand_together(operation: str, parameters: dict[str, Any], said: str) -> None:
    """Each rule finds what it is for."""
    assert any(said in message for message in combinations.faults_of(operation, parameters))


def test_every_rule_is_tried_above() -> None:
    """A rule that no test breaks might as well not be there."""
    mark: Any = test_what_must_not_stand_together
    cases = mark.pytestmark[0].args[1]
    broken = {
        rule
        for rule, operations in combinations.RULES.items()
        for operation, parameters, _ in cases
        if operation in operations and list(rule(parameters))
    }
    assert broken == set(combinations.RULES)


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("MinCapacity", 0.5, 0.3),
        ("MaxCapacity", 256.0, 257),
        ("SecondsUntilAutoPause", 300, 299),
        ("BacktrackWindow", 259_200, 259_201),
        ("PromotionTier", "15", "16"),
        ("EngineVersion", "8.0.mysql_aurora.3.10.0", "5.7.mysql_aurora.2.11.1"),
        ("DBInstanceClass", "db.r6g.large", "r6g.large"),
        ("DBClusterIdentifier", "aurora-lab", "aurora--lab"),
        ("RestoreType", "copy-on-write", "copy"),
        ("MetricName", "VolumeReadIOPs", "VolumeReadIOPS"),
        ("Name", "DBClusterIdentifier", "ClusterIdentifier"),
    ],
)
def test_limits(name: str, good: object, bad: object) -> None:
    """What is outside of a limit is found, and what is just inside is not."""
    limit = limits.table()[name]
    assert not list(limits.outside(name, good, limit))
    [message] = limits.outside(name, bad, limit)
    assert limit["source"] in message
