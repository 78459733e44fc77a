"""What runs at GitHub, with which rights, and for whom."""

import datetime as dt
import os
import re
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from archivist.build.workspace import Workspace

GITHUB = Path(__file__).parent.parent / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").iterdir())
FORMS = sorted(set((GITHUB / "ISSUE_TEMPLATE").iterdir()) - {GITHUB / "ISSUE_TEMPLATE/config.yml"})
PINNED = re.compile(r"uses: ([\w-]+/[\w/-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)")


def read(path):
    """Return a workflow with all its values as text: YAML takes `on` for a truth."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


def find_steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job.get("steps", [])]


def find_scripts(workflow):
    return [step["run"] for step in find_steps(workflow) if "run" in step]


@pytest.fixture(params=WORKFLOWS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def workflow(path):
    return read(path)


@pytest.fixture
def check():
    return read(GITHUB / "workflows/check.yml")


def test_what_starts_a_workflow_is_known():
    assert {path.name: sorted(read(path)["on"]) for path in WORKFLOWS} == {
        "check.yml": ["pull_request", "push"],
        "daily.yml": ["schedule"],
        "deploy.yml": ["push", "workflow_call", "workflow_dispatch"],
        "test.yml": ["push"],
    }


def test_a_workflow_has_no_right_that_a_job_does_not_ask_for(workflow):
    assert workflow["permissions"] == {}


def test_publishing_is_the_only_right_to_write():
    rights = {
        (path.stem, name, right, level)
        for path in WORKFLOWS
        for name, job in read(path)["jobs"].items()
        for right, level in job["permissions"].items()
    }

    assert {right for right in rights if right[-1] != "read"} == {
        (*job, right, "write")
        for job in (("deploy", "deploy"), ("daily", "publish"))
        for right in ("pages", "id-token")
    }
    assert {right[1:] for right in rights if right[0] == "check"} == {("check", "contents", "read")}


def test_each_action_is_pinned_by_what_it_is_and_told_by_its_version(path, workflow):
    pins = PINNED.findall(path.read_text(encoding="utf-8"))

    assert len(pins) == len([step for step in find_steps(workflow) if "uses" in step])


def test_an_action_is_the_same_everywhere():
    pins = {pin for path in WORKFLOWS for pin in PINNED.findall(path.read_text(encoding="utf-8"))}

    assert len(pins) == len({action for action, _, _ in pins})


def test_a_post_comes_out_at_night_on_its_day_where_the_archive_is():
    daily, deploy = (read(GITHUB / f"workflows/{name}.yml") for name in ("daily", "deploy"))
    ((cron,),) = (each.values() for each in daily["on"]["schedule"])
    minute, hour, *days = cron.split()
    build = deploy["jobs"]["build"]["steps"]
    day, made = (
        next(at for at, each in enumerate(build) if word in each.get("run", ""))
        for word in ("SOURCE_DATE_EPOCH=$(date +%s)", "make html")
    )

    assert daily["jobs"]["publish"]["uses"] == "./.github/workflows/deploy.yml"
    assert days == ["*"] * 3
    assert int(minute) % 5
    for month in (1, 7):
        run = dt.datetime(2027, month, 15, int(hour), int(minute), tzinfo=dt.UTC)
        assert 0 < run.astimezone(ZoneInfo("Europe/Paris")).hour < 6
    assert day < made


def test_pictures_are_kept_by_a_publication_and_taken_back_by_a_check(root):
    used = {
        path.stem: [
            step
            for step in find_steps(read(path))
            if step.get("uses", "").startswith("actions/cache")
        ]
        for path in WORKFLOWS
    }
    kept, taken = used["deploy"][0], used["check"][0]

    assert {name: len(steps) for name, steps in used.items()} == {
        "check": 1,
        "daily": 0,
        "deploy": 1,
        "test": 0,
    }
    assert kept["uses"].startswith("actions/cache@")
    assert taken["uses"].startswith("actions/cache/restore@")
    assert kept["with"] == taken["with"]
    output = re.search(
        r"^OUTPUT := (.+)$", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )[1]
    assert kept["with"]["path"] == str(
        Workspace(root / output).folder.relative_to(root) / "pictures"
    )


def test_no_checkout_leaves_its_token_behind(workflow):
    checkouts = [
        step
        for step in find_steps(workflow)
        if step.get("uses", "").startswith("actions/checkout@")
    ]

    assert {step["with"]["persist-credentials"] for step in checkouts} <= {"false"}


def test_nothing_from_outside_is_pasted_into_a_script(workflow):
    assert [script for script in find_scripts(workflow) if "${{" in script] == []


def test_each_job_ends_in_time(workflow):
    # One that calls another workflow has the limits of that.
    jobs = [job for job in workflow["jobs"].values() if "uses" not in job]

    assert all(int(job["timeout-minutes"]) <= 60 for job in jobs)


def test_each_word_said_to_make_is_one_it_knows(workflow, root):
    words = re.findall(r"\bmake ([\w./-]+)", "\n".join(find_scripts(workflow)))
    # Those of a make that runs the tests are not for this one.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    command = ["make", "--dry-run", "--always-make"]
    results = [
        subprocess.run(
            [*command, word], cwd=root, env=environment, capture_output=True, check=False
        )
        for word in words
    ]

    assert [result.stderr.decode() for result in results if result.returncode] == []
    assert all(b"\n" in result.stdout and b"Nothing" not in result.stdout for result in results)


def test_what_shows_a_proposal_knows_no_secret():
    text = (GITHUB / "workflows/check.yml").read_text(encoding="utf-8")

    assert re.findall(r"secrets|github\.token|GITHUB_TOKEN", text) == []


def test_a_proposal_meets_a_machine_that_is_installed_from_the_base(check):
    steps = find_steps(check)
    scripts = [step.get("run", "") for step in steps]

    assert steps[0]["with"]["ref"] == "${{ github.base_ref }}"
    assert "make .venv/ready" in scripts[1]
    assert scripts[2].endswith('python3 .github/lay_posts_over.py HEAD "$GITHUB_SHA"\n')
    assert not any("git checkout" in script or "git merge" in script for script in scripts)


def test_what_reads_a_proposal_has_no_network_and_limits(check):
    (job,) = check["jobs"].values()
    lines = [line for script in find_scripts(check)[2:] for line in script.splitlines()]
    runs = [line.strip() for line in lines if re.search(r"\bmake\b|archivist", line)]

    assert runs == [
        "$LIMITS .venv/bin/archivist check --format github docs",
        "$LIMITS .venv/bin/archivist fix --diff docs > mends.patch",
        "$LIMITS .venv/bin/archivist verify --words --format github",
        "$LIMITS make html",
    ]
    for limit in ("timeout 10m", "--as=", "--fsize=", "--net"):
        assert limit in job["env"]["LIMITS"]


@pytest.mark.parametrize(
    "path", [GITHUB / "PULL_REQUEST_TEMPLATE.md", *FORMS], ids=lambda path: path.stem
)
def test_what_writers_read_is_spaced_as_french_is(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r".* [:;!?»].*|.*« .*|.*\w'\w.*", text) == []


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_a_form_is_one_that_github_can_show(path):
    form = read(path)
    questions = [part for part in form["body"] if part["type"] != "markdown"]

    assert form["name"]
    assert form["description"]
    assert len({part["id"] for part in questions}) == len(questions)
    assert all(part["attributes"]["label"] for part in questions)
