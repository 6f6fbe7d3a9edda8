"""Reading what strangers wrote, in a child process that may be killed without harm to anyone."""

from broadsheet.wire.sandbox.parent import Sandbox, SandboxFailed, SandboxStopped

__all__ = ["Sandbox", "SandboxFailed", "SandboxStopped"]
