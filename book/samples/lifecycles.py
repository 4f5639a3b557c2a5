"""An `aws rds` command -> the refusal of AWS where something is still being made, changed or deleted.

Emulators finish everything at once, so a script that waits for nothing passes there and fails on AWS. Here every
cluster and instance that a script has touched keeps the status that it would have, in a file between the calls. A
waiter ends it; but after a change the status follows late, and a waiter that looks at once sees the old one.

What stands in an emulator before the first sample is available, and so is everything that a script never names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_BY_COMMAND = {
    "create-db-cluster": "creating",
    "restore-db-cluster-to-point-in-time": "restoring",
    "restore-db-cluster-from-snapshot": "restoring",
    "modify-db-cluster": "modifying",
    "failover-db-cluster": "failing over",
    "backtrack-db-cluster": "backtracking",
    "delete-db-cluster": "deleting",
    "create-db-instance": "creating",
    "modify-db-instance": "modifying",
    "reboot-db-instance": "rebooting",
    "delete-db-instance": "deleting",
    "create-global-cluster": "modifying",
    "remove-from-global-cluster": "modifying",
    "switchover-global-cluster": "switching over",
    "failover-global-cluster": "failing over",
    "create-db-proxy": "creating",
}
"""Command -> the status in which it leaves what it is about. No waiter knows proxies."""
_WANT_AVAILABLE = (
    "create-db-cluster-snapshot", "register-db-proxy-targets", "modify-db-proxy-target-group",
    "create-db-proxy-endpoint",
)  # fmt: skip
"""What changes no status, and is refused while what it is about is not available."""
_SHOWN_AT_ONCE = ("creating", "restoring", "deleting")
"""A waiter that looks at once sees these; any other status follows late."""
_GLOBAL = tuple(name for name in _BY_COMMAND if name.endswith("global-cluster"))
_ARN = re.compile(r"arn:aws:rds:([\w-]+):\d*:cluster:(.+)")


@dataclass(slots=True)
class Lifecycles:
    """The status of everything that is not available; keys are `us-east-1 cluster aurora-lab`."""

    status: dict[str, str] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)
    """Keys of which the status does not show yet: nobody has slept since the change."""
    cluster_of: dict[str, str] = field(default_factory=dict)
    """Key of an instance that a script has made -> key of its cluster."""
    busy: str = ""
    """Key of the cluster whose change keeps the global database busy."""

    @classmethod
    def read(cls, file: Path) -> Lifecycles:
        """What the calls before have left in a file."""
        return cls(**json.loads(file.read_text(encoding="utf-8"))) if file.exists() else cls()

    def write(self, file: Path) -> None:
        """Leave it for the calls behind."""
        kept = {name: getattr(self, name) for name in self.__slots__}
        file.write_text(json.dumps(kept), encoding="utf-8")

    def sleep(self) -> None:
        """Time passes: every status shows."""
        self.late = []

    def refusal(self, words: Sequence[str]) -> str:
        """What AWS would say to the words after `aws`; empty where it would do it."""
        if words[:1] != ["rds"] or len(words) < 2:
            return ""
        options = _options(words)
        if words[1] == "wait":
            return self._refusal_of_waiter(_key(words[2], options))
        if words[1] not in (*_BY_COMMAND, *_WANT_AVAILABLE):
            return ""
        return self._refusal_of_command(words[1], options)

    def follow(self, words: Sequence[str]) -> None:
        """Note what a command has done that was not refused."""
        if words[:1] != ["rds"] or len(words) < 2:
            return
        options = _options(words)
        if words[1] == "wait":
            self._available(_key(words[2], options))
        elif words[1] in _BY_COMMAND:
            self._changed(words[1], options)

    def _refusal_of_waiter(self, key: str) -> str:
        if key in self.late:
            return f"{key} still shows its old status, and this waiter ends at once: sleep first"
        return ""

    def _refusal_of_command(self, command: str, options: dict[str, str]) -> str:
        key, cluster = _key(command, options), _cluster_key(command, options)
        if command in (*_GLOBAL, "delete-global-cluster") and self.busy:
            return f"InvalidGlobalClusterStateFault: the global database waits for {self.busy}"
        if command == "delete-db-cluster":
            alive = [name for name, of in self.cluster_of.items() if of == key and self.status.get(name) != "deleting"]
            if alive:
                return f"InvalidDBClusterStateFault: the cluster still contains {', '.join(alive)}"
        if command == "create-db-instance":
            status = self.status.get(cluster, "")
            return f"InvalidDBClusterStateFault: {cluster} is {status}" if status not in ("", "creating") else ""
        for name in {key, cluster} - {""}:
            status = self.status.get(name, "")
            if status and not (command == "delete-db-instance" and name == key):
                return f"InvalidDB{'Proxy' if ' proxy ' in name else 'Cluster'}StateFault: {name} is {status}"
        return ""

    def _changed(self, command: str, options: dict[str, str]) -> None:
        key = _key(command, options)
        status = _BY_COMMAND[command]
        self.status[key] = status
        if status not in _SHOWN_AT_ONCE:
            self.late = sorted({*self.late, key})
        if command == "create-db-instance":
            self.cluster_of[key] = _cluster_key(command, options)
        if command == "delete-db-cluster":
            self.cluster_of = {name: of for name, of in self.cluster_of.items() if of != key}
        if command in _GLOBAL:
            self.busy = key

    def _available(self, key: str) -> None:
        for name in (key, self.cluster_of.get(key, "")):
            if self.status.get(name) != "deleting" and (name == key or self.status.get(name) == "creating"):
                self.status.pop(name, None)
        if self.status.get(key) == "deleting":
            del self.status[key]
        if self.busy == key:
            self.busy = ""


def _options(words: Sequence[str]) -> dict[str, str]:
    """Option -> its first value; what has none is empty."""
    given: dict[str, str] = {}
    for word, after in zip(words, [*words[1:], "--"], strict=True):
        if word.startswith("--"):
            given[word] = "" if after.startswith("--") else after
    return given


def _key(command: str, options: dict[str, str]) -> str:
    """What a command or a waiter is about."""
    if "db-instance" in command:
        return _named("instance", options.get("--db-instance-identifier", ""), options)
    if "db-proxy" in command:
        return _named("proxy", options.get("--db-proxy-name", ""), options)
    return _cluster_key(command, options)


def _cluster_key(command: str, options: dict[str, str]) -> str:
    """The cluster that a command is about, or that its instance is in; a restore is about the new one."""
    for name in ("--target-db-cluster-identifier", "--source-db-cluster-identifier", "--db-cluster-identifier"):
        if name in options and not (command.startswith("restore") and name.startswith("--source")):
            return _named("cluster", options[name], options)
    return ""


def _named(kind: str, name: str, options: dict[str, str]) -> str:
    arn = _ARN.fullmatch(name)
    region, name = (arn[1], arn[2]) if arn else (options.get("--region", "us-east-1"), name)
    return f"{region} {kind} {name}"
