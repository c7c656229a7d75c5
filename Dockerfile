# One image for web, worker, beat and migrations; docker-compose.yml says which command runs.
FROM python:3.11-slim-bookworm

# Letters as PDF. HarfBuzz's subsetter halves their size and time.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app

COPY requirements/base.txt requirements/base.txt
RUN pip install --no-cache-dir --require-hashes --no-deps --requirement requirements/base.txt

COPY manage.py ./
COPY locale locale
COPY static static
COPY templates templates
COPY housingfirst housingfirst
COPY cases cases
COPY housing housing
COPY support support
COPY crosssector crosssector
RUN DJANGO_SETTINGS_MODULE=housingfirst.settings.build python -m housingfirst.prepare --files-only

# What the image holds belongs to root; the application may write its files and counters only.
RUN useradd --system --uid 10001 --no-create-home app \
    && install --directory --owner=app /var/lib/housingfirst/media
USER app
ENV DJANGO_SETTINGS_MODULE=housingfirst.settings.production \
    MEDIA_ROOT=/var/lib/housingfirst/media \
    PROMETHEUS_MULTIPROC_DIR=/tmp/metrics
EXPOSE 8000
CMD ["sh", "-c", "rm -rf \"$PROMETHEUS_MULTIPROC_DIR\" && mkdir \"$PROMETHEUS_MULTIPROC_DIR\" && exec gunicorn --config python:housingfirst.web --bind 0.0.0.0:8000"]
