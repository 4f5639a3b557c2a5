"""An operation and its parameters -> what must not stand together, which no model of the API says.

Each rule is a function whose docstring names the page of AWS that it comes from; a rule looks at the parameters of the
operations that the table beside it lists.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Parameters = dict[str, Any]


def faults_of(operation: str, parameters: Parameters) -> Iterator[str]:
    """What is wrong with the combination of parameters, one sentence each."""
    for rule, operations in RULES.items():
        if operation in operations:
            yield from rule(parameters)


def backtrack_on_postgresql(given: Parameters) -> Iterator[str]:
    """API CreateDBCluster, BacktrackWindow: Aurora MySQL DB clusters only."""
    if given.get("BacktrackWindow") and given.get("Engine") == "aurora-postgresql":
        yield "Backtrack is for Aurora MySQL only (API CreateDBCluster)"


def range_of_capacity(given: Parameters) -> Iterator[str]:
    """API ServerlessV2ScalingConfiguration: a range, and a time until the pause only where the floor is zero."""
    scaling = given.get("ServerlessV2ScalingConfiguration") or {}
    low, high = scaling.get("MinCapacity"), scaling.get("MaxCapacity")
    if low is not None and high is not None and float(low) > float(high):
        yield f"MinCapacity {low} is above MaxCapacity {high}"
    if low and float(low) > 0 and "SecondsUntilAutoPause" in scaling:
        yield "SecondsUntilAutoPause goes with MinCapacity=0 only (API ServerlessV2ScalingConfiguration)"


def version_of_engine(given: Parameters) -> Iterator[str]:
    """API DescribeDBEngineVersions: versions of Aurora MySQL carry `mysql_aurora`, and only some are there."""
    engine, version = given.get("Engine", ""), given.get("EngineVersion", "")
    if engine and version and ("mysql_aurora" in version) != (engine == "aurora-mysql"):
        yield f"{version} is no version of {engine}"
    elif engine in _versions() and version and version not in _versions()[engine]:
        near = difflib.get_close_matches(version, _versions()[engine], 1)
        yield f"{engine} has no version {version}" + (f"; did you mean {near[0]}?" if near else "")


def two_passwords(given: Parameters) -> Iterator[str]:
    """API CreateDBCluster, ManageMasterUserPassword: not together with MasterUserPassword."""
    if given.get("ManageMasterUserPassword") and "MasterUserPassword" in given:
        yield "a managed master password and one of your own exclude each other (API CreateDBCluster)"


def password_of_secondary(given: Parameters) -> Iterator[str]:
    """Aurora guide, "Getting started with global databases": a secondary cluster takes its users from the primary.

    The samples join clusters to a global database as secondaries only.
    """
    if "GlobalClusterIdentifier" in given:
        for name in ("MasterUsername", "MasterUserPassword", "ManageMasterUserPassword", "DatabaseName"):
            if name in given:
                yield f"a secondary of a global database takes no {name}"


def global_from_source(given: Parameters) -> Iterator[str]:
    """API CreateGlobalCluster: what is inherited from the source cluster must not be given."""
    if "SourceDBClusterIdentifier" in given:
        for name in ("Engine", "EngineVersion", "DatabaseName", "StorageEncrypted"):
            if name in given:
                yield f"{name} is inherited from the source cluster and must not be given (API CreateGlobalCluster)"


def two_verbs(given: Parameters) -> Iterator[str]:
    """API FailoverGlobalCluster: AllowDataLoss and Switchover exclude each other."""
    if given.get("AllowDataLoss") and given.get("Switchover"):
        yield "AllowDataLoss and Switchover exclude each other (API FailoverGlobalCluster)"


def two_times(given: Parameters) -> Iterator[str]:
    """API RestoreDBClusterToPointInTime: one time to restore to, and for a clone only the latest."""
    chosen = [name for name in ("RestoreToTime", "UseLatestRestorableTime") if given.get(name)]
    if len(chosen) != 1:
        yield "a restore wants either RestoreToTime or UseLatestRestorableTime (API RestoreDBClusterToPointInTime)"
    if given.get("RestoreType") == "copy-on-write" and "RestoreToTime" in given:
        yield "a clone is made of the present: no RestoreToTime (API RestoreDBClusterToPointInTime)"


def members_both_ways(given: Parameters) -> Iterator[str]:
    """API CreateDBClusterEndpoint: an exclusion list counts only where there is no list of members."""
    if given.get("StaticMembers") and given.get("ExcludedMembers"):
        yield "StaticMembers and ExcludedMembers exclude each other (API CreateDBClusterEndpoint)"


def brake_of_global_database(given: Parameters) -> Iterator[str]:
    """Aurora guide, "Managing RPOs": rds.global_db_rpo takes 20 seconds or more; -1 shows that it is reset."""
    for parameter in given.get("Parameters", ()):
        value = parameter.get("ParameterValue", "")
        if parameter.get("ParameterName") == "rds.global_db_rpo" and int(value or 0) < 20:
            yield f"rds.global_db_rpo is {value or 'empty'}; it must be 20 or more, and is reset for none"


def period_of_alarm(given: Parameters) -> Iterator[str]:
    """API PutMetricAlarm: 10, 20, 30 or a multiple of 60 seconds."""
    period = given.get("Period")
    if period is not None and period not in (10, 20, 30) and period % 60:
        yield f"Period is {period}; it must be 10, 20, 30 or a multiple of 60 (API PutMetricAlarm)"


@functools.cache
def _versions() -> dict[str, list[str]]:
    """Engine -> its versions."""
    text = Path(__file__).with_name("versions.toml").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = tomllib.loads(text)
    return versions


_MAKES_A_CLUSTER = ("CreateDBCluster", "RestoreDBClusterToPointInTime", "RestoreDBClusterFromSnapshot")
RULES: dict[Callable[[Parameters], Iterator[str]], tuple[str, ...]] = {
    backtrack_on_postgresql: ("CreateDBCluster", "ModifyDBCluster"),
    range_of_capacity: (*_MAKES_A_CLUSTER, "ModifyDBCluster"),
    version_of_engine: ("CreateDBCluster", "CreateGlobalCluster", "CreateDBInstance", "DescribeDBEngineVersions"),
    two_passwords: ("CreateDBCluster", "ModifyDBCluster"),
    password_of_secondary: ("CreateDBCluster",),
    global_from_source: ("CreateGlobalCluster",),
    two_verbs: ("FailoverGlobalCluster",),
    two_times: ("RestoreDBClusterToPointInTime",),
    members_both_ways: ("CreateDBClusterEndpoint", "ModifyDBClusterEndpoint"),
    brake_of_global_database: ("ModifyDBClusterParameterGroup",),
    period_of_alarm: ("PutMetricAlarm", "GetMetricStatistics"),
}
