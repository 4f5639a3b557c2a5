"""The commands of the lab, one after the other -> what stands in the account, what it refuses, and what it has cost.

No emulator knows everything that the lab uses, and none is as strict as AWS about what is there. This one knows names
only: a command must find everything that it names, may not make what stands already, and takes nothing away that
something else stands on. About order it asks lifecycles.py. Answers it gives none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from lifecycles import Lifecycles

FILES = Path(__file__).with_name("files")
REGION = "us-east-1"
ANSWER = "answer"
"""What stands for `$(aws ...)` where a listing is only read: it names whatever of its kind is there."""
MAKES = {
    "create-db-cluster": "cluster", "restore-db-cluster-to-point-in-time": "cluster", "create-db-instance": "instance",
    "create-global-cluster": "global", "create-db-cluster-endpoint": "endpoint", "create-db-proxy": "proxy",
    "create-db-proxy-endpoint": "proxy-endpoint", "create-event-subscription": "subscription",
    "create-db-cluster-parameter-group": "group", "create-db-cluster-snapshot": "snapshot", "create-stack": "stack",
    "create-budget": "budget", "create-topic": "topic", "put-metric-alarm": "alarm", "create-model": "model",
    "create-endpoint-config": "config", "create-endpoint": "model-endpoint", "create-vpc-endpoint": "road",
}  # fmt: skip
AGAIN = ("create-topic", "put-metric-alarm")
"""What may be said twice."""
ENDS = {
    "delete-db-cluster": "cluster", "delete-db-instance": "instance", "delete-global-cluster": "global",
    "delete-db-cluster-endpoint": "endpoint", "delete-db-proxy": "proxy", "delete-db-proxy-endpoint": "proxy-endpoint",
    "delete-event-subscription": "subscription", "delete-db-cluster-parameter-group": "group",
    "delete-db-cluster-snapshot": "snapshot", "delete-stack": "stack", "delete-budget": "budget",
    "delete-topic": "topic", "delete-alarms": "alarm", "delete-model": "model", "delete-endpoint-config": "config",
    "delete-endpoint": "model-endpoint", "delete-vpc-endpoints": "road",
}  # fmt: skip
BORNE = ("delete-alarms", "delete-topic")
"""What does what it can, and is not refused where something is not there (API DeleteAlarms, API DeleteTopic)."""
OPTIONS = {
    "--db-cluster-identifier": "cluster", "--source-db-cluster-identifier": "cluster", "--resource-arn": "cluster",
    "--target-db-cluster-identifier": "cluster", "--db-cluster-identifiers": "cluster",
    "--db-instance-identifier": "instance", "--target-db-instance-identifier": "instance",
    "--excluded-members": "instance", "--global-cluster-identifier": "global",
    "--db-cluster-endpoint-identifier": "endpoint", "--db-proxy-name": "proxy",
    "--db-proxy-endpoint-name": "proxy-endpoint", "--subscription-name": "subscription",
    "--db-cluster-parameter-group-name": "group", "--db-cluster-snapshot-identifier": "snapshot",
    "--stack-name": "stack", "--budget-name": "budget", "--topic-arn": "topic", "--sns-topic-arn": "topic",
    "--alarm-actions": "topic", "--alarm-name": "alarm", "--alarm-names": "alarm", "--model-name": "model",
    "--endpoint-config-name": "config", "--endpoint-name": "model-endpoint", "--service-name": "road",
    "--vpc-endpoint-ids": "road",
}  # fmt: skip
"""Option -> the kind of what it names."""
OF = {"instance": "cluster", "endpoint": "cluster", "proxy-endpoint": "proxy"}
"""Kind -> the kind of what it is in; AWS takes endpoints away with what they are in."""
_ARN = re.compile(r"arn:aws:\w+:([\w-]*):\d*:(?:cluster:|db:)?([\w-]+)")
_ANYWHERE = ("global", "budget")


class Refused(Exception):
    """What the account says to a command that it does not do."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that stands in the account."""

    region: str
    kind: str
    name: str


@dataclass(slots=True)
class Account:
    """What stands in an account, each with what it is in or stands on, and the hours that have passed over it."""

    standing: dict[Thing, set[Thing]] = field(default_factory=dict)
    classes: dict[Thing, str] = field(default_factory=dict)
    """Whatever is billed by the hour -> its class."""
    machines: dict[Thing, str] = field(default_factory=dict)
    """Configuration of an endpoint -> the class that it names."""
    members: set[Thing] = field(default_factory=set)
    """Clusters of the global database."""
    protected: set[Thing] = field(default_factory=set)
    lifecycles: Lifecycles = field(default_factory=Lifecycles)

    def do(self, words: Sequence[str]) -> None:
        """Do a command, or raise Refused."""
        if words[0] == "!":
            if words[1] == "sleep":
                self.lifecycles.sleep()
            return
        given = _given(words)
        named = {thing for option, kind in OPTIONS.items() for thing in self._things(option, kind, given)}
        made = self._made(words[1], named, given)
        for thing in sorted(named - {made}, key=str):
            gone = words[1] == "wait" and words[2].endswith("-deleted")
            if thing not in self.standing and not gone and words[1] not in BORNE:
                raise Refused(f"{words[1]} names the {thing.kind} {thing.name}, which is not in {thing.region}")
        if made in self.standing and words[1] not in AGAIN:
            raise Refused(f"{words[1]} makes the {made.kind} {made.name}, which is there")
        refusal = self.lifecycles.refusal(words)
        if refusal:
            raise Refused(refusal)
        self._follow(words[1], named, made, given)
        self.lifecycles.follow(words)

    def later(self) -> None:
        """Whatever was under way has ended."""
        left = self.lifecycles
        of = {name: cluster for name, cluster in left.cluster_of.items() if left.status.get(name) != "deleting"}
        self.lifecycles = Lifecycles(cluster_of=of)

    def cost(self, acus: Mapping[str, float], prices: Mapping[str, float]) -> float:
        """USD an hour of what stands: ACU by cluster for serverless instances, a price for any other class."""
        return sum(
            acus[next(of.name for of in self.standing[one] if of.kind == "cluster")] * prices["acu-hour"]
            if kind == "db.serverless" else prices[kind]
            for one, kind in self.classes.items()
        )  # fmt: skip

    def _things(self, option: str, kind: str, given: Mapping[str, list[str]]) -> Iterator[Thing]:
        for word in given.get(option, ()):
            match = _ARN.fullmatch(word)
            region = (match[1] if match else "") or given.get("--region", [REGION])[0]
            region = "" if kind in _ANYWHERE else region
            there = [one for one in self.standing if (one.region, one.kind) == (region, kind)]
            if word == ANSWER and kind == "road":  # a loop over whatever the question has found
                yield from there
                continue
            yield there[-1] if word == ANSWER and there else Thing(region, kind, match[2] if match else word)

    def _made(self, operation: str, named: set[Thing], given: Mapping[str, list[str]]) -> Thing | None:
        kind = MAKES.get(operation)
        if kind in ("topic", "budget"):
            region, name = given.get("--region", [REGION])[0], given.get("--name", [""])[0]
            budget = json.loads((FILES / "budget.json").read_text(encoding="utf-8"))["BudgetName"]
            return Thing("", kind, budget) if kind == "budget" else Thing(region, kind, name)
        source = [word for word in given.get("--source-db-cluster-identifier", ())]
        return next((one for one in sorted(named, key=str) if one.kind == kind and one.name not in source), None)

    def _follow(self, operation: str, named: set[Thing], made: Thing | None, given: Mapping[str, list[str]]) -> None:
        clusters = {one for one in named if one.kind == "cluster"}
        if made is not None:
            self.standing.setdefault(made, set()).update(named - {made})
            if made.kind == "instance":
                self.classes[made] = given["--db-instance-class"][0]
            if made.kind == "road":
                self.classes[made] = "vpc-endpoint"
            if made.kind == "config":
                self.machines[made] = _member("InstanceType", given["--production-variants"])
            if made.kind == "model-endpoint":
                self.classes[made] = next(self.machines[one] for one in named if one.kind == "config")
            if made.kind in ("global", "cluster") and any(one.kind == "global" for one in (*named, made)):
                self.members |= clusters
        elif operation == "remove-from-global-cluster":
            if not clusters <= self.members:
                raise Refused("the cluster is in no global database")
            self.members -= clusters
        elif operation in ENDS:
            for thing in [one for one in named if one.kind == ENDS[operation]]:
                self._end(thing)
        elif operation == "modify-db-cluster":
            for cluster in clusters:
                self.standing[cluster] |= {one for one in named if one.kind == "group"}
            self.protected |= clusters if "--deletion-protection" in given else set()
            self.protected -= clusters if "--no-deletion-protection" in given else set()

    def _end(self, thing: Thing) -> None:
        """Take something away that nothing else stands on."""
        if thing in self.protected or thing in self.members or (thing.kind == "global" and self.members):
            raise Refused(f"the {thing.kind} {thing.name} is protected or in a global database, or has members")
        there = [one for one, of in self.standing.items() if thing in of and OF.get(one.kind) == thing.kind]
        if any(one.kind == "instance" for one in there):
            raise Refused(f"the cluster {thing.name} has instances")
        users = [one for one, of in self.standing.items() if thing in of and thing.kind == "group"]
        if users:
            raise Refused(f"the {thing.kind} {thing.name} is used by {users[0].name}")
        for one in (thing, *there):
            self.standing.pop(one, None)
            self.classes.pop(one, None)


def _given(words: Sequence[str]) -> dict[str, list[str]]:
    """Option -> its values."""
    given: dict[str, list[str]] = {}
    values: list[str] = []
    for word in words[2:]:
        if word.startswith("--"):
            values = given.setdefault(word, [])
        else:
            values.append(word)
    return given


def _member(name: str, values: Iterable[str]) -> str:
    """The value of a member in the short form of a structure, `Name=value,Name=value`."""
    pairs = (part.partition("=") for value in values for part in value.split(","))
    return next(value for key, _, value in pairs if key == name)


def run(account: Account, listing: Iterable[Sequence[str]], *, bears: bool) -> list[str]:
    """Have an account do what a listing asks for; what it refuses, at which a listing ends that bears nothing."""
    refused: list[str] = []
    for words in listing:
        try:
            account.do(words)
        except Refused as problem:
            refused.append(f"aws {' '.join(words)}: {problem}")
            if not bears:
                break
    return refused
