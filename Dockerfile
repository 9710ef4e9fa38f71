# `rashomon` in a container, for the web pages and for following feeds: see compose.yaml and docs/install.md.
# The image needs the network while it is built and none when it runs, but for what it is told to read.
FROM python:3.12-slim-bookworm AS wheels
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY packaging packaging
COPY src src
RUN pip wheel --no-cache-dir --wheel-dir /wheels ".[archives,postgres]"

FROM python:3.12-slim-bookworm
RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index /wheels/*.whl \
    && useradd --system --create-home --home-dir /var/lib/rashomon --uid 10001 rashomon
USER 10001
WORKDIR /var/lib/rashomon
VOLUME /var/lib/rashomon
ENV RASHOMON_LEDGER=/var/lib/rashomon/news.db \
    RASHOMON_PEOPLE=/var/lib/rashomon/people \
    RASHOMON_HOST=0.0.0.0
EXPOSE 8000
ENTRYPOINT ["rashomon"]
CMD ["serve"]
