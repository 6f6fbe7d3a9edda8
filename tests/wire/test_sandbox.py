"""The child process that reads what strangers wrote."""

from __future__ import annotations

import pytest

from broadsheet.wire.sandbox import Sandbox, SandboxFailed, SandboxStopped, limits

MISCHIEF = "tests.wire.mischief"


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(MISCHIEF)


def test_it_answers_and_its_child_is_kept(sandbox: Sandbox) -> None:
    first = sandbox.run({"do": "echo"}, b"words")
    second = sandbox.run({"do": "echo"}, b"more")
    assert (first["said"], second["said"]) == ("words", "more")
    assert first["pid"] == second["pid"]


@pytest.mark.parametrize("mischief", ["eat memory", "burn processor", "die"])
def test_a_job_out_of_bounds_is_stopped_and_the_next_one_works(sandbox: Sandbox, mischief: str) -> None:
    with pytest.raises(SandboxStopped):
        sandbox.run({"do": mischief}, b"")
    assert sandbox.run({"do": "echo"}, b"still here")["said"] == "still here"


def test_a_job_that_comes_as_the_child_leaves_is_done_by_the_next_child(sandbox: Sandbox) -> None:
    sandbox.run({"do": "leave when asked again"}, b"")
    assert sandbox.run({"do": "echo"}, b"late")["said"] == "late"


def test_a_job_that_makes_every_child_leave_is_given_up(sandbox: Sandbox) -> None:
    sandbox.run({"do": "echo"}, b"")
    with pytest.raises(SandboxStopped, match="exit status 0"):
        sandbox.run({"do": "leave"}, b"")


def test_a_job_that_sleeps_is_stopped_by_the_clock(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 0.5)
    with pytest.raises(SandboxStopped):
        sandbox.run({"do": "sleep"}, b"")


@pytest.mark.parametrize("mischief", ["raise", "connect", "run a program", "write a file"])
def test_a_job_may_not_leave_its_box(sandbox: Sandbox, mischief: str) -> None:
    with pytest.raises((SandboxFailed, SandboxStopped)):
        sandbox.run({"do": mischief}, b"")


def test_what_a_job_prints_does_not_get_between_the_frames(sandbox: Sandbox) -> None:
    assert sandbox.run({"do": "print"}, b"") == "printed"
