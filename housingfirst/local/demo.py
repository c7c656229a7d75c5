"""The people of the demo municipality: their addresses' end, and the password of them all."""

DOMAIN = "fjordby.example"
PASSWORD = "velkommen-til-fjordby"  # no secret: `make run` prints it
