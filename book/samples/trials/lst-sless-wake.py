"""`wake` goes on while the cluster resumes, gives up after its patience, and lets other errors through."""

import sys
from pathlib import Path

import boto3
from botocore.stub import Stubber

sys.path.insert(0, str(Path(__file__).parent.parent))
from listing import Clock, defaults, read_listing, says

listing = read_listing()
client = boto3.client("rds-data")
ARN = "arn:aws:rds:us-east-1:111122223333:cluster:aurora-lab"
SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:lab"
ASKED = {"resourceArn": ARN, "secretArn": SECRET, "database": "postgres", "sql": "SELECT 1"}

with Stubber(client) as stub:
    for _ in range(2):
        stub.add_client_error("execute_statement", "DatabaseResumingException", expected_params=ASKED)
    stub.add_response("execute_statement", {"records": [[{"longValue": 1}]]}, ASKED)
    clock = Clock()
    assert listing.wake(client, ARN, SECRET) == 2.0
    assert clock.slept == [1.0, 1.0]
    stub.assert_no_pending_responses()

with Stubber(client) as stub:
    for _ in range(3):
        stub.add_client_error("execute_statement", "DatabaseResumingException")
    try:
        listing.wake(client, ARN, SECRET, patience=1.5, pause=0.5)
    except TimeoutError as problem:
        assert "1.5" in str(problem)
    else:
        raise AssertionError("nobody gave up")
    stub.assert_no_pending_responses()

with Stubber(client) as stub:
    stub.add_client_error("execute_statement", "BadRequestException")
    try:
        listing.wake(client, ARN, SECRET)
    except client.exceptions.BadRequestException:
        pass
    else:
        raise AssertionError("a mistake was taken for a pause")
assert defaults(listing.wake) == {"patience": 90, "pause": 1.0}
says(
    "round(time.monotonic() - start, 1)", "sys.argv[1], sys.argv[2]", 'boto3.client("rds-data")',
    'if __name__ == "__main__" and len(sys.argv) == 3:',
)  # fmt: skip
