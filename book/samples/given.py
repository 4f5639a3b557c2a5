"""The name of a state of the lab -> the calls that make it in an emulator: what the reader has done before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from emulators import ACCOUNT, client

FILES = Path(__file__).with_name("files")
MANAGED = {"ManageMasterUserPassword": True}
POSTGRESQL: dict[str, Any] = {"Engine": "aurora-postgresql", "EngineVersion": "17.7"}
MYSQL: dict[str, Any] = {"Engine": "aurora-mysql", "EngineVersion": "8.0.mysql_aurora.3.10.0"}


def aurora_lab(address: str, secret: dict[str, Any] | None = None) -> None:
    """The cluster of section 18.1, with its two instances."""
    _cluster(address, "aurora-lab", POSTGRESQL | (secret or MANAGED), instances=2)


def aurora_lab_with_password(address: str) -> None:
    """The same with a password of its own: MiniStack cannot end a managed password and set one in the same call."""
    aurora_lab(address, secret={"MasterUserPassword": "until-the-listing-changes-it"})


def aurora_lab_my(address: str) -> None:
    """The cluster of section 18.6, with one instance."""
    _cluster(address, "aurora-lab-my", MYSQL | MANAGED, instances=1)


def aurora_lab_parameters(address: str) -> None:
    """A custom cluster parameter group of PostgreSQL."""
    client("rds", address).create_db_cluster_parameter_group(
        DBClusterParameterGroupName="aurora-lab-parameters",
        DBParameterGroupFamily="aurora-postgresql17",
        Description="for the brake",
    )


def whole_lab(address: str) -> None:
    """Everything that any section creates and an emulator knows."""
    aurora_lab(address)
    aurora_lab_my(address)
    _cluster(address, "aurora-lab-clone", POSTGRESQL | MANAGED, instances=1)
    for name in ("aurora-lab-my-after", "aurora-lab-my-1402"):
        _cluster(address, name, MYSQL | MANAGED, instances=1)
    second_region(address)
    client("rds", address).create_db_cluster_parameter_group(
        DBClusterParameterGroupName="aurora-lab-my-ml",
        DBParameterGroupFamily="aurora-mysql8.0",
        Description="Roles for Aurora machine learning",
    )
    for name, region in (
        ("aurora-lab-rpo-lag", "us-east-1"),
        ("aurora-lab-my-backtrack-window", "us-east-1"),
        ("aurora-lab-eu-rpo-lag", "eu-west-1"),
    ):
        _alarm(address, name, region)
    model_calls(address)


def model_calls(address: str) -> None:
    """The stack of section 18.7 with its role, and the budget of the appendix."""
    client("cloudformation", address).create_stack(
        StackName="aurora-lab-ml",
        TemplateBody=(FILES / "role.yaml").read_text(encoding="utf-8"),
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    client("budgets", address).create_budget(
        AccountId=ACCOUNT, Budget=json.loads((FILES / "budget.json").read_text(encoding="utf-8"))
    )


def second_region(address: str) -> None:
    """The global database of section 18.5 around the cluster of section 18.1."""
    client("rds", address).create_global_cluster(
        GlobalClusterIdentifier="lab-global",
        SourceDBClusterIdentifier=f"arn:aws:rds:us-east-1:{ACCOUNT}:cluster:aurora-lab",
    )
    ireland = client("rds", address, "eu-west-1")
    ireland.create_db_cluster(
        DBClusterIdentifier="aurora-lab-eu", GlobalClusterIdentifier="lab-global", **POSTGRESQL
    )
    ireland.create_db_instance(
        DBInstanceIdentifier="aurora-lab-eu-1",
        DBClusterIdentifier="aurora-lab-eu",
        DBInstanceClass="db.r6g.large",
        Engine="aurora-postgresql",
    )


def _cluster(address: str, name: str, cluster: dict[str, Any], instances: int) -> None:
    rds = client("rds", address)
    rds.create_db_cluster(
        DBClusterIdentifier=name,
        MasterUsername="app",
        ServerlessV2ScalingConfiguration={"MinCapacity": 0.5, "MaxCapacity": 4},
        **cluster,
    )
    for number in range(1, instances + 1):
        rds.create_db_instance(
            DBInstanceIdentifier=f"{name}-{number}",
            DBClusterIdentifier=name,
            DBInstanceClass="db.serverless",
            Engine=cluster["Engine"],
            PromotionTier=1,
        )


def _alarm(address: str, name: str, region: str) -> None:
    client("cloudwatch", address, region).put_metric_alarm(
        AlarmName=name, Namespace="AWS/RDS", MetricName="AuroraGlobalDBRPOLag", Statistic="Maximum",
        Period=60, EvaluationPeriods=3, Threshold=5000, ComparisonOperator="GreaterThanThreshold",
    )  # fmt: skip


GIVEN: dict[str, Callable[[str], Any]] = {
    "aurora-lab": aurora_lab,
    "aurora-lab-with-password": aurora_lab_with_password,
    "aurora-lab-my": aurora_lab_my,
    "aurora-lab-parameters": aurora_lab_parameters,
    "whole-lab": whole_lab,
}
