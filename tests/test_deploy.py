"""What is in deploy/, held to the schemas of those who read it and to the settings and metrics of the service."""

from __future__ import annotations

import configparser
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import promql_parser
import pytest
import yaml

from llmstxt_sched.config import read_settings
from llmstxt_sched.metrics import Metrics, Reading

DEPLOY = Path(__file__).parents[1] / "deploy"
KUBERNETES = kubernetes_validate.latest_version()
OWN_METRIC = re.compile(r"\bllmstxt_[a-z_]+")
OF_PROMETHEUS = {"up"}
# A variable of compose with its default, or with what is said where it is missing.
DEFAULT = re.compile(r"\$\{\w+(?::[-?]([^}]*))?\}")


def documents(name: str) -> list[Any]:
    return list(yaml.safe_load_all((DEPLOY / name).read_text()))


@pytest.mark.slow
def test_the_manifests_of_kubernetes_are_valid() -> None:
    manifests = documents("kubernetes.yaml")
    assert [manifest["kind"] for manifest in manifests] == ["Secret", "Deployment", "Service", "PodDisruptionBudget"]
    for manifest in manifests:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


def test_kubernetes_asks_the_paths_of_the_health_listener_and_waits_for_its_end() -> None:
    pod = documents("kubernetes.yaml")[1]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    probes = {name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")}
    assert {name: (probe["path"], probe["port"]) for name, probe in probes.items()} == {
        "startup": ("/live", "health"),
        "liveness": ("/live", "health"),
        "readiness": ("/ready", "health"),
    }
    assert pod["terminationGracePeriodSeconds"] > 9.5


def environments() -> Iterator[tuple[str, dict[str, str]]]:
    secret, deployment, *_ = documents("kubernetes.yaml")
    (container,) = deployment["spec"]["template"]["spec"]["containers"]
    yield "kubernetes", {**secret["stringData"], **{each["name"]: each["value"] for each in container["env"]}}
    (compose,) = documents("compose.yaml")
    for name in ("api", "worker"):
        given = compose["services"][name]["environment"]
        yield (
            f"compose {name}",
            {key: re.sub(r"\$\{\w+(?::[-?]([^}]*))?\}", r"\1", value) for key, value in given.items()},
        )
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "llmstxt-sched.service")
    name, _, value = unit["Service"]["Environment"].partition("=")
    yield "systemd", {name: value}


@pytest.mark.parametrize(("environment"), [pytest.param(given, id=name) for name, given in environments()])
def test_each_variable_is_a_setting_with_a_value_that_it_can_have(environment: dict[str, str]) -> None:
    assert environment
    read_settings(environment)


def queries() -> Iterator[str]:
    for group in documents("alerts.yaml")[0]["groups"]:
        for rule in group["rules"]:
            assert rule["annotations"]["summary"], rule
            yield rule["expr"]
    for panel in json.loads((DEPLOY / "grafana.json").read_text())["panels"]:
        for target in panel["targets"]:
            # Grafana puts the interval in before it asks.
            yield target["expr"].replace("$__rate_interval", "5m")


@pytest.mark.parametrize("query", list(queries()))
def test_each_query_is_promql_over_metrics_that_there_are(query: str) -> None:
    promql_parser.parse(query)
    named = set(OWN_METRIC.findall(query))
    assert named <= known_metrics()
    assert named or any(name in query for name in OF_PROMETHEUS)


def known_metrics() -> set[str]:
    reading = Reading(0, 0, 0, {"api": 1}, oldest_waiting_seconds=0, retrying=0, halted=0, held=0)
    kinds = re.findall(r"^# TYPE (\S+) (\w+)", Metrics().expose(reading).decode(), re.MULTILINE)
    return {name for name, _ in kinds}
