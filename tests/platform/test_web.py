"""What the web server loads before its first worker starts."""

from django.db import connection

from housingfirst import web


def test_it_warms_up_without_a_connection_and_every_template_compiles() -> None:
    connection.close()

    web.warm_up()

    assert connection.connection is None
