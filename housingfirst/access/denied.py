"""The refusal that looks like "not found" and leaves a trace."""

from django.http import Http404


class Denied(Http404):
    """The thing exists, but not for this user. Shown as 404, logged as denied."""

    def __init__(self, what: str, citizen_ids: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.what = what
        self.citizen_ids = citizen_ids
