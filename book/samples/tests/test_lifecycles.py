"""The order of AWS: what is refused while something is being made, changed or deleted."""

from __future__ import annotations

from lifecycles import Lifecycles

RESTORE = "rds restore-db-cluster-to-point-in-time --db-cluster-identifier clone --source-db-cluster-identifier lab"
INSTANCE = "rds create-db-instance --db-instance-identifier clone-1 --db-cluster-identifier clone"
WAIT = "rds wait db-cluster-available --db-cluster-identifier clone"
MODIFY = "rds modify-db-cluster --db-cluster-identifier clone --apply-immediately"
DELETE = "rds delete-db-cluster --db-cluster-identifier clone"


def refusals(*commands: str) -> list[str]:
    """What is said to each of these commands, one after the other; "sleep" lets time pass."""
    lifecycles, said = Lifecycles(), list[str]()
    for command in commands:
        if command == "sleep":
            lifecycles.sleep()
            continue
        said.append(lifecycles.refusal(command.split()))
        if not said[-1]:
            lifecycles.follow(command.split())
    return said


def test_an_instance_waits_for_a_restored_cluster() -> None:
    """An instance is refused until the cluster has been waited for; in a cluster that is created it is not."""
    assert "is restoring" in refusals(RESTORE, INSTANCE)[1]
    assert refusals(RESTORE, WAIT, INSTANCE) == ["", "", ""]
    assert refusals("rds create-db-cluster --db-cluster-identifier clone", INSTANCE) == ["", ""]


def test_a_waiter_sees_the_old_status() -> None:
    """After a change a waiter ends at once, so a script has to sleep before it waits."""
    assert "sleep first" in refusals(MODIFY, WAIT)[1]
    assert refusals(MODIFY, "sleep", WAIT, MODIFY) == ["", "", ""]
    assert "is modifying" in refusals(MODIFY, "sleep", MODIFY)[1]


def test_a_cluster_with_an_instance_stays() -> None:
    """A cluster is deleted after its instances."""
    made = (RESTORE, WAIT, INSTANCE)
    gone = "rds delete-db-instance --db-instance-identifier clone-1"
    assert "still contains us-east-1 instance clone-1" in refusals(*made, DELETE)[-1]
    assert refusals(*made, gone, DELETE)[-1] == ""


def test_a_snapshot_and_targets_wait_too() -> None:
    """A cluster that is being changed makes no snapshot, and a proxy that is being created takes no target."""
    snapshot = "rds create-db-cluster-snapshot --db-cluster-identifier clone --db-cluster-snapshot-identifier one"
    assert refusals(MODIFY, snapshot)[1] == "InvalidDBClusterStateFault: us-east-1 cluster clone is modifying"
    assert refusals(MODIFY, "sleep", WAIT, snapshot) == ["", "", ""]
    proxy, *behind = "rds create-db-proxy", "rds register-db-proxy-targets", "rds create-db-proxy-endpoint"
    for command in behind:
        said = refusals(f"{proxy} --db-proxy-name lab", f"{command} --db-proxy-name lab")
        assert said == ["", "InvalidDBProxyStateFault: us-east-1 proxy lab is creating"]


def test_a_global_database_does_one_thing_at_a_time() -> None:
    """A second move is refused until the first has ended in the Region that it leads to."""
    arn = "arn:aws:rds:eu-west-1:111122223333:cluster:lab-eu"
    move = f"rds switchover-global-cluster --target-db-cluster-identifier {arn}"
    fail = f"rds failover-global-cluster --target-db-cluster-identifier {arn} --allow-data-loss"
    wait = "rds wait db-cluster-available --region eu-west-1 --db-cluster-identifier lab-eu"
    assert refusals(move, fail)[1].startswith("InvalidGlobalClusterStateFault")
    assert refusals(move, "sleep", wait, fail) == ["", "", ""]
