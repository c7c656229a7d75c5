"""Version 1's routes: each app adds its viewsets from AppConfig.ready."""

from rest_framework.routers import SimpleRouter

router = SimpleRouter(use_regex_path=False)
