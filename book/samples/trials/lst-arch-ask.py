"""`ask` finds cluster and secret by itself, and gives back rows; tried with moto."""

import sys
from pathlib import Path

import boto3
from botocore.stub import ANY, Stubber
from moto import mock_aws

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import read_listing

listing = read_listing()


@mock_aws
def rows_come_back() -> None:
    rds = boto3.client("rds")
    owner = {"MasterUsername": "app", "ManageMasterUserPassword": True}
    made = rds.create_db_cluster(DBClusterIdentifier="aurora-lab", Engine="aurora-postgresql", **owner)["DBCluster"]
    data = boto3.client("rds-data")
    with Stubber(data) as stub:
        stub.add_response(
            "execute_statement",
            {"formattedRecords": '[{"aurora_version": "17.7.1"}]'},
            {
                "resourceArn": made["DBClusterArn"],
                "secretArn": made["MasterUserSecret"]["SecretArn"],
                "database": "postgres",
                "sql": "SELECT aurora_version()",
                "formatRecordsAs": "JSON",
            },
        )
        stub.add_response("execute_statement", {"numberOfRecordsUpdated": 0}, {name: ANY for name in PARAMETERS})
        listing.boto3.client = {"rds": rds, "rds-data": data}.get
        assert listing.ask("SELECT aurora_version()") == [{"aurora_version": "17.7.1"}]
        assert listing.ask("CREATE TABLE t (n int)") == []
        stub.assert_no_pending_responses()


PARAMETERS = ("resourceArn", "secretArn", "database", "sql", "formatRecordsAs")
rows_come_back()
