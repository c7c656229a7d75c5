#!/usr/bin/env python
"""Django's command line for the project; with local settings it starts the embedded servers."""

import os
import sys

from django.core.management import execute_from_command_line

from housingfirst.local.errors import LocalError
from housingfirst.local.servers import leased

LOCAL_SETTINGS = "housingfirst.settings.local"
SERVERLESS_SETTINGS = "housingfirst.settings.build"
SERVERLESS = {"compute_reimbursement"}
"""Commands that ask nothing of a database."""


def main() -> None:
    """Run one command without limits on its statements.

    The servers it started stop with it, unless somebody else uses them.
    """
    os.environ.setdefault("STATEMENT_TIMEOUT_SECONDS", "0")
    if sys.argv[1:2] and sys.argv[1] in SERVERLESS:
        os.environ["DJANGO_SETTINGS_MODULE"] = SERVERLESS_SETTINGS
    if os.environ.setdefault("DJANGO_SETTINGS_MODULE", LOCAL_SETTINGS) != LOCAL_SETTINGS:
        execute_from_command_line(sys.argv)
        return
    try:
        with leased():
            execute_from_command_line(sys.argv)
    except LocalError as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
