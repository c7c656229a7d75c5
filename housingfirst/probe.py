"""`python -m housingfirst.probe`: the healthcheck of the web container."""

import os
import sys
import urllib.error
import urllib.request

ADDRESS = "http://127.0.0.1:8000/readyz"


def main() -> int:
    """0 when ready. The host is one of the names the site answers to: another gets a 400."""
    host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
    try:
        with urllib.request.urlopen(
            urllib.request.Request(ADDRESS, headers={"Host": host}), timeout=8
        ):
            return 0
    except (urllib.error.URLError, OSError) as failure:
        print(failure)
        return 1


if __name__ == "__main__":
    sys.exit(main())
