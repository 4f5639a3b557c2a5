"""The words of an `aws` command -> what is wrong with it, by the API's own model: no network, no account.

The command line is read by the AWS CLI itself; its parameters are then held against botocore's model of the
operation (names, types, required ones, enumerations, lengths and ranges), against the ranges and combinations that the
model does not know (limits.toml, combinations.py), and `--query` against the shape of the response.
"""

from __future__ import annotations

import contextlib
import difflib
import functools
import io
import itertools
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from awscli.clidriver import CLIDriver, create_clidriver
from awscli.customizations.argrename import ARGUMENT_RENAMES
from botocore import xform_name
from botocore.model import OperationModel, Shape
from botocore.validate import ParamValidator
from botocore.waiter import WaiterModel
from jmespath.parser import ParsedResult

import combinations
import limits
import responses

_MADE_BY_THE_CLI = [["rds", "generate-db-auth-token"]]
"""Commands without an operation of the service."""
_ARN = re.compile(r"\barn:aws:[\w-]+:([\w-]+):")

os.environ |= {
    "AWS_ACCESS_KEY_ID": "111122223333",
    "AWS_SECRET_ACCESS_KEY": "nobody",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_PAGER": "",
}


@dataclass(frozen=True, slots=True)
class Command:
    """An `aws` command as the AWS CLI reads it."""

    operation: OperationModel
    parameters: dict[str, Any]
    query: ParsedResult | None = None


def faults_of(words: Sequence[str]) -> Iterator[str]:
    """Everything that is wrong with the words after `aws`, one sentence each."""
    inexact = list(_inexact_options(words))
    if inexact:
        yield from inexact
        return
    if list(words[:2]) in _MADE_BY_THE_CLI:
        yield from _faults_of_token(words)
        return
    try:
        command = _read(words)
    except ValueError as refusal:
        yield str(refusal)
        return
    yield from faults_of_call(command.operation, command.parameters)
    yield from _faults_of_regions(words)
    if command.query and words[1] != "wait":
        yield from responses.faults_of_query(command.query, command.operation.output_shape)


def _faults_of_token(words: Sequence[str]) -> Iterator[str]:
    """A token for IAM is signed on this machine: no operation, three options."""
    needed = ["--hostname", "--port", "--username"]
    given = [word for word in words[2:] if word.startswith("--")]
    for option in given:
        if option not in [*needed, "--region"]:
            yield f"{' '.join(words[:2])} has no option {option}{_meant(option, needed)}"
    for option in needed:
        if option not in given:
            yield f"{' '.join(words[:2])} lacks {option}"


def faults_of_call(operation: OperationModel, parameters: dict[str, Any]) -> Iterator[str]:
    """What is wrong with the parameters of a call."""
    shape = operation.input_shape
    if shape is None:
        return
    yield from faults_of_value(shape, parameters)
    yield from limits.faults_of(operation, parameters)
    yield from combinations.faults_of(operation.name, parameters)


def faults_of_value(shape: Shape, value: Any) -> Iterator[str]:
    """What is wrong with a value that is to have this shape."""
    complaint = ParamValidator().validate(value, shape).generate_report()
    yield from filter(None, complaint.splitlines())
    yield from limits.faults_of_shape(shape, value)


def operation_named(service: str, name: str) -> OperationModel:
    """The model of an operation by its name in the API, as in `rds`, `CreateDBCluster`."""
    return _driver().session.get_service_model(service).operation_model(name)


def _read(words: Sequence[str]) -> Command:
    """Have the AWS CLI read a command; ValueError says what it does not understand."""
    driver, calls = _driver(), list[dict[str, Any]]()

    def note(**event: Any) -> int:
        calls.append(event)
        return 0  # a number stands for the exit code, and no call is made

    driver.session.register("calling-command.*", note)
    printed = io.StringIO()
    try:
        with contextlib.redirect_stderr(printed), contextlib.redirect_stdout(printed):
            code = driver.main(list(words))
    except SystemExit as refusal:
        code = refusal.code
    finally:
        driver.session.unregister("calling-command.*", note)
    if code or not calls:
        lines = [line.strip() for line in printed.getvalue().splitlines() if line.strip()]
        told = [line.partition("error: ")[2] for line in lines if "error: " in line]
        told = told or [line for line in lines if line.startswith("Error")] or lines[-1:]
        raise ValueError(" ".join(told) or "the AWS CLI does not read this")
    return Command(_operation(words), calls[0]["call_parameters"], getattr(calls[0]["parsed_globals"], "query", None))


def _operation(words: Sequence[str]) -> OperationModel:
    """The operation of a command; that of `aws rds wait x` is the one which the waiter asks again and again."""
    service = words[0]
    if words[1] == "wait":
        waiters: WaiterModel = _driver().session.get_waiter_model(service)
        names = {xform_name(name, "-"): name for name in waiters.waiter_names}
        return operation_named(service, waiters.get_waiter(names[words[2]]).operation)
    return operation_named(service, _operation_names(service)[words[1]])


def _inexact_options(words: Sequence[str]) -> Iterator[str]:
    """Commands and options that are not spelled out; the AWS CLI takes any beginning that is unique."""
    service = words[0] if words else ""
    if list(words[:2]) in _MADE_BY_THE_CLI:
        return
    if service not in _driver().session.get_available_services():
        yield f'there is no service "{service}"{_meant(service, _driver().session.get_available_services())}'
        return
    known = [*_operation_names(service), "wait"]
    name = words[1] if len(words) > 1 else ""
    if name not in known:
        yield f'{service} has no operation "{name}"{_meant(name, known)}'
        return
    try:
        shape = _operation(words).input_shape
    except (KeyError, IndexError):
        yield f'{service} has no waiter "{" ".join(words[2:3])}"'
        return
    options = [ARGUMENT_RENAMES.get(f"{service}.{name}.{one[2:]}", one[2:]) for one in _options(shape)]
    options = [f"--{one}" for one in options]
    for word in words[2:]:
        option = word.partition("=")[0]
        if option.startswith("--") and option not in options:
            yield f"{service} {name} has no option {option}{_meant(option, options)}"


def _faults_of_regions(words: Sequence[str]) -> Iterator[str]:
    """Regions that are not there, after `--region` and in ARNs: an emulator takes any."""
    known = _driver().session.get_available_regions("rds")
    given = [after for word, after in itertools.pairwise(words) if word == "--region"]
    given += [match[1] for word in words for match in _ARN.finditer(word)]
    for region in dict.fromkeys(given):
        if region not in known:
            yield f"there is no Region {region}{_meant(region, known)}"


@functools.cache
def _operation_names(service: str) -> dict[str, str]:
    """Name on the command line -> name in the API."""
    model = _driver().session.get_service_model(service)
    return {xform_name(name, "-"): name for name in model.operation_names}


def _options(shape: Shape | None) -> list[str]:
    """The options of an operation and those of every command, in full."""
    found = [f"--{name}" for name in _driver().session.get_data("cli")["options"]]
    for name, member in (shape.members if shape else {}).items():
        option = xform_name(name, "-")
        found += [f"--{option}", f"--no-{option}"] if member.type_name == "boolean" else [f"--{option}"]
    return [*found, "--cli-input-json", "--max-items", "--page-size", "--starting-token"]


def _meant(word: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(word, known, 1) or [name for name in known if word and name.startswith(word)][:1]
    return f"; did you mean {near[0]}?" if near else ""


@functools.cache
def _driver() -> CLIDriver:
    return create_clidriver()
