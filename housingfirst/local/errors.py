"""What can stop the local commands."""


class LocalError(Exception):
    """Something a person must do first. The message is one sentence that says what."""
