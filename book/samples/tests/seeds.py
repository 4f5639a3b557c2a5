"""Mistakes to put into a copy of the book, one of each kind, and what must be said about each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seed:
    """A mistake in a sample."""

    kind: str
    """What is wrong, in a word or three."""
    file: str
    """The file of the book that it is put into."""
    right: str
    """Text that stands there once; it has as many lines as the wrong one."""
    wrong: str
    said: str
    """Words of the finding."""
    at: str = ""
    """Text at whose line the finding is to be, in the file with the mistakes; empty: the first line that differs."""
    environment: str = "checkers"
    also: tuple[str, str] = ("", "")
    """A file, and text at whose line in it the same mistake is found a second time."""


CREATE = "aws rds create-db-cluster --db-cluster-identifier \"$CLUSTER\" \\\n"
ARCHITECTURE, COMPARISON = "18.01-architecture.md", "18.02-aurora-vs-rds.md"
ENDPOINTS, SERVERLESS = "18.03-endpoints.md", "18.04-serverless.md"
GLOBAL, BACKTRACK, LEARNING = "18.05-global-database.md", "18.06-backtrack.md", "18.07-machine-learning.md"

CHECKED = (
    Seed("an option that is not there", ARCHITECTURE,
         CREATE + "  --engine aurora-postgresql --engine-version 17.7",
         CREATE + "  --engine aurora-postgresql --engine-versions 17.7",
         "no option --engine-versions; did you mean --engine-version?", at=CREATE),
    Seed("a shortened option", ARCHITECTURE, "  --restore-type copy-on-write", "  --restore-typ copy-on-write",
         "no option --restore-typ;", at="aws rds restore-db-cluster-to-point-in-time"),
    Seed("an operation that is not there", ARCHITECTURE, "aws rds describe-db-instances \\\n  --filters",
         "aws rds describe-db-instance \\\n  --filters", 'no operation "describe-db-instance"; did you mean'),
    Seed("a word for a number", ENDPOINTS, "--promotion-tier 2", "--promotion-tier two", "'two'",
         at='aws rds create-db-instance --db-instance-identifier "$CLUSTER-3"'),
    Seed("a waiter that is not there", ENDPOINTS,
         'aws rds wait db-instance-available --db-instance-identifier "$CLUSTER-3"',
         'aws rds wait db-instance-ready --db-instance-identifier "$CLUSTER-3"', "db-instance-ready"),
    Seed("a name that the response lacks", ENDPOINTS, "DBClusterEndpoints[].[EndpointType,Endpoint]",
         "DBClusterEndpoints[].[EndpointType,Endpont]", 'has no "Endpont"; did you mean "Endpoint"?',
         at='aws rds describe-db-cluster-endpoints --db-cluster-identifier "$CLUSTER" \\\n'
            "  --query 'DBClusterEndpoints[].[EndpointType,Endpont]"),
    Seed("a substitution without quotes", SERVERLESS, '  --end-time "$(date -u +%FT%TZ)"',
         "  --end-time $(date -u +%FT%TZ)", "SC2046"),
    Seed("a range that is none", SERVERLESS, "MinCapacity=0,MaxCapacity=4,SecondsUntilAutoPause=300",
         "MinCapacity=0,MaxCapacity=400,SecondsUntilAutoPause=300", "MaxCapacity is 400",
         at='aws rds modify-db-cluster --db-cluster-identifier "$CLUSTER" \\\n'
            "  --serverless-v2-scaling-configuration \\\n  MinCapacity=0,MaxCapacity=400"),
    Seed("a word that is not listed", SERVERLESS, "--source-type db-instance", "--source-type db-machine",
         "SourceType is db-machine", at="aws rds describe-events"),
    Seed("a metric that is not there", SERVERLESS, "--metric-name ServerlessDatabaseCapacity",
         "--metric-name ServerlessDatabaseCapcity", "MetricName is ServerlessDatabaseCapcity",
         at="aws cloudwatch get-metric-statistics"),
    Seed("a dimension that is not there", COMPARISON, "--dimensions Name=DBClusterIdentifier",
         "--dimensions Name=DBClusterIdentifer", "Name is DBClusterIdentifer",
         at="  aws cloudwatch get-metric-statistics"),
    Seed("a version that is not there", LEARNING, "  --engine-version 17.7 \\\n", "  --engine-version 17.77 \\\n",
         "has no version 17.77; did you mean 17.7?", at="aws rds describe-db-engine-versions"),
    Seed("a Region that is not there", "a-lab.md", 'ARN="arn:aws:rds:us-east-1:$ACCOUNT"',
         'ARN="arn:aws:rds:us-esat-1:$ACCOUNT"', "there is no Region us-esat-1",
         at="  aws rds add-tags-to-resource"),
    Seed("a key that the structure lacks", BACKTRACK, "--dimensions Name=DBClusterIdentifier,Value=aurora-lab-my",
         "--dimensions Name=DBClusterIdentifier,Valu=aurora-lab-my", "Valu", at="aws cloudwatch put-metric-alarm"),
    Seed("what must not stand together", BACKTRACK,
         CREATE + "  --engine aurora-mysql --engine-version 8.0.mysql_aurora.3.10.0 \\",
         CREATE + "  --engine aurora-postgresql --engine-version 17.7 \\", "Backtrack is for Aurora MySQL only",
         at=CREATE),
    Seed("a time that is none", BACKTRACK, "--backtrack-to 2026-11-23T14:02:00Z", "--backtrack-to half-past-two",
         "half-past-two", at="aws rds backtrack-db-cluster"),
    Seed("something required that lacks", BACKTRACK,
         "aws rds modify-db-cluster --db-cluster-identifier some-old-cluster \\",
         "aws rds modify-db-cluster --apply-immediately \\", "--db-cluster-identifier"),
    Seed("a brake that brakes too hard", GLOBAL, "ParameterName=rds.global_db_rpo,ParameterValue=60",
         "ParameterName=rds.global_db_rpo,ParameterValue=6", "rds.global_db_rpo is 6",
         at="aws rds modify-db-cluster-parameter-group"),
    Seed("a flag that is lost", GLOBAL, '--target-db-cluster-identifier "$VIRGINIA" --allow-data-loss',
         '--target-db-cluster-identifier "$VIRGINIA"', "samples/requests has", at="aws rds failover-global-cluster"),
    Seed("a time without its zone", BACKTRACK, "--restore-to-time 2026-11-23T14:02:00Z",
         "--restore-to-time 2026-11-23T14:02:00", "samples/requests has",
         at='aws rds restore-db-cluster-to-point-in-time \\\n  --db-cluster-identifier "$CLUSTER-1402"'),
    Seed("a value that the variable does not take", GLOBAL, "aurora_replica_read_consistency = 'SESSION';",
         "aurora_replica_read_consistency = 'SESION';", "must be one of", environment="mysql"),
    Seed("a loop without an end", "a-lab.md", "    --output text\ndone\naws rds describe-global-clusters",
         "    --output text\ndon\naws rds describe-global-clusters", "bash: ",
         at="  --query 'GlobalClusters[].GlobalClusterIdentifier' --output text"),
    Seed("a command that is not reached", LEARNING, "aws cloudformation delete-stack --stack-name aurora-lab-ml",
         "exit; aws cloudformation delete-stack --stack-name aurora-lab-ml", "bash did not come to this aws command"),
    Seed("no SQL of PostgreSQL", ARCHITECTURE, "FROM aurora_replica_status()", "FORM aurora_replica_status()",
         "PostgreSQL: syntax error"),
    Seed("a command of psql that would hang", SERVERLESS, "\\watch 1", "\\prompt x", "psql's \\prompt"),
    Seed("no SQL of MySQL", BACKTRACK, "SELECT COUNT(*) AS survivors FROM orders;",
         "SELECT COUNT(*) AS survivors,, x FROM orders;", "MySQL: ", environment="mysql"),
    Seed("a name that only looks like one of Aurora's", LEARNING, "GRANT AWS_COMPREHEND_ACCESS,",
         "GRANT AWS_COMPREHEND_ACESS,", "did you mean AWS_COMPREHEND_ACCESS?", environment="mysql"),
    Seed("no SQL of Aurora MySQL", LEARNING, "  ALIAS AWS_SAGEMAKER_INVOKE_ENDPOINT\n",
         "  ALIAS AWS_SAGEMAKER_CALL_ENDPOINT\n", "MySQL: ", environment="mysql"),
    Seed("a property that is not there", ENDPOINTS, "      CustomEndpointType: READER",
         "      CustomEndpointKind: READER", "cfn-lint: "),
    Seed("a value that cfn-lint lets pass", SERVERLESS, "        SecondsUntilAutoPause: 600",
         "        SecondsUntilAutoPause: 60", "SecondsUntilAutoPause is 60"),
    Seed("an argument that is not there", ENDPOINTS, '  custom_endpoint_type        = "READER"',
         '  custom_endpoint_kind        = "READER"',
         "no argument custom_endpoint_kind; did you mean custom_endpoint_type"),
    Seed("a layout of its own", ENDPOINTS, '  cluster_identifier          = "aurora-lab"',
         '  cluster_identifier = "aurora-lab"', "terraform fmt"),
    Seed("a member that the API lacks", "samples/files/budget.json", '"TimeUnit": "MONTHLY"', '"TimeUnits": "MONTHLY"',
         "TimeUnits"),
    Seed("no JSON", "samples/files/notify.json", '"Threshold": 50,', '"Threshold": 50', "JSON: ",
         at='"ThresholdType"', also=("a-lab.md", "aws budgets create-budget")),
    Seed("no Python", ARCHITECTURE, "def any_of(size):", "def any_of(size)", "Python: expected ':'"),
    Seed("a name that nobody gave", GLOBAL, "        n += 1\n", "        m += 1\n", "F821"),
    Seed("a host name that is not that of its source", ENDPOINTS, "reader    aurora-lab.cluster-ro-<id>",
         "reader    aurora-lab.cluster-rd-<id>", "does not have this line"),
    Seed("a term that is not that of its source", COMPARISON, "       + million I/Os x i ",
         "       + million I/Os x j ", "does not have this line"),
    Seed("a log that is not looked for", SERVERLESS, "--filename-contains instance.log",
         "--filename-contains postgres.log", "samples/requests has", at="LOG=$(aws rds describe-db-log-files"),
    Seed("a failure that is not borne", "a-lab.md", "aws sagemaker delete-model --model-name churn-xgb || true",
         "aws sagemaker delete-model --model-name churn-xgb", "where every one fails", at="aws budgets delete-budget"),
    Seed("a session that does not close its quotes", ENDPOINTS, "    -Atc 'SELECT 1'\npsql: error",
         "    -Atc 'SELECT 1\npsql: error", "bash: "),
)  # fmt: skip
"""Mistakes that reading finds."""

RUN = (
    Seed("another state than the text says", ENDPOINTS, '  --target-db-instance-identifier "$CLUSTER-3"',
         '  --target-db-instance-identifier "$CLUSTER-1"', "instead of ['aurora-lab-3']",
         at='CLUSTER=aurora-lab\naws rds failover-db-cluster --db-cluster-identifier "$CLUSTER" \\\n'
            '  --target-db-instance-identifier "$CLUSTER-2"'),
    Seed("an instance that is not there", GLOBAL,
         "  --db-instance-identifier aurora-lab-eu-1\naws rds delete-db-cluster",
         "  --db-instance-identifier aurora-lab-us-1\naws rds delete-db-cluster", "aurora-lab-us-1 not found",
         at="aws rds delete-db-instance --region eu-west-1"),
    Seed("a failure that is swallowed", "a-lab.md",
         '  aws cloudformation delete-stack --stack-name "$stack" || true',
         "  aws rds describe-db-cluster-backtracks --db-cluster-identifier x || true", "Unknown RDS action"),
    Seed("a question that prints nothing", COMPARISON, "DBClusters[0].[StorageType,",
         "DBClusters[1].[StorageType,", "it was to print",
         at='CLUSTER=aurora-lab\naws rds modify-db-cluster --db-cluster-identifier "$CLUSTER" \\\n'
            "  --storage-type aurora-iopt1"),
    Seed("a failure at the very beginning", ARCHITECTURE,
         '"$CLUSTER-2" \\\n  --db-cluster-identifier "$CLUSTER" --engine',
         '"$CLUSTER-2" \\\n  --db-cluster-identifier "$CLUSTER-no" --engine',
         "aurora-lab-no", at='aws rds create-db-instance --db-instance-identifier "$CLUSTER-2"'),
    Seed("an instance before its cluster is there", ARCHITECTURE,
         'aws rds wait db-cluster-available --db-cluster-identifier "$CLUSTER-clone"\naws rds create-db-instance',
         "true\naws rds create-db-instance", "is restoring",
         at='aws rds create-db-instance --db-instance-identifier "$CLUSTER-clone-1"',
         also=(ARCHITECTURE, 'aws rds delete-db-instance --db-instance-identifier "$CLUSTER-clone-1"')),
    Seed("a waiter that looks at once", SERVERLESS, "  --apply-immediately\nsleep 60  # the status",
         "  --apply-immediately\ntrue  # the status", "sleep first",
         at='aws rds wait db-cluster-available --db-cluster-identifier "$CLUSTER"'),
    Seed("a column that the function lacks", ARCHITECTURE, "       replica_lag_in_msec\n", "       replica_lag_in_ms\n",
         'column "replica_lag_in_ms" does not exist'),
    Seed("an index that the query cannot use", LEARNING, "USING hnsw (embedding vector_cosine_ops)",
         "USING hnsw (embedding vector_l2_ops)", "the text builds on `vector_cosine_ops`",
         at="CREATE EXTENSION IF NOT EXISTS vector;", also=(LEARNING, "SET hnsw.ef_search = 100;")),
    Seed("a lock that nobody skips", LEARNING, "LIMIT 50 FOR UPDATE SKIP LOCKED", "LIMIT 50 FOR UPDATE",
         "LIMIT 50 FOR UPDATE SKIP LOCKED`, which is not there", at="CREATE EXTENSION IF NOT EXISTS vector;"),
    Seed("an output that is not printed", LEARNING, " POSITIVE  |     1\n", " POSITIVE  |     2\n", "POSITIVE"),
    Seed("rows that are not found", BACKTRACK, "  VALUES (1, 19.90), (2, 42.00), (3, 7.50);",
         "  VALUES (1, 19.90), (2, 42.00);", "it was to print", at="CREATE TABLE orders (", environment="mysql"),
    Seed("a column that is not there", LEARNING, "SET score = churn_score(tenure, spend), scored_at = NOW()",
         "SET skore = churn_score(tenure, spend), scored_at = NOW()", "Unknown column",
         at="UPDATE customer\n", environment="mysql"),
    Seed("a sum that is wrong", ARCHITECTURE, "assert not safe(any_of(3), any_of(3))",
         "assert not safe(any_of(4), any_of(3))", "AssertionError"),
    Seed("a function that does something else", ARCHITECTURE, "        sql=statement,", '        sql="SELECT 1",',
         "trials/lst-arch-ask.py", at="    answer = boto3.client"),
    Seed("another stack than the text says", SERVERLESS, "        MaxCapacity: 4\n", "        MaxCapacity: 8\n",
         "instead of [[0.0, 4.0]]", at="Resources:\n  Preview:"),
    Seed("another alarm than the text says", "samples/files/notify.json", '"Threshold": 50,', '"Threshold": 60,',
         "instead of [['ACTUAL', 'GREATER_THAN', 50.0, 'PERCENTAGE']]", at="[{\n"),
    Seed("a session that prints something else", ENDPOINTS, "-Atc 'SELECT 1'\n1\n", "-Atc 'SELECT 2'\n1\n",
         "this prints: 2"),
)  # fmt: skip
"""Mistakes that only a run finds."""
