FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Without its script the package `node` brings nothing along: the image has Node.
RUN npm ci --omit=dev --ignore-scripts --no-progress

FROM node:24-slim
ENV DATABASE_URL=sqlite:///data/paperboy.sqlite \
    ARCHIVE_PATH=/data/archive.sqlite \
    HEALTH_PORT=8080 \
    NODE_COMPILE_CACHE=/data/compile-cache
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY config config
COPY commands commands
COPY src src
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
HEALTHCHECK --interval=60s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:8080/health').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# Node itself, not npm, so that the signal to stop arrives.
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=20", "--liftoff-only", "--import=./src/compile-cache.mjs", "src/main.ts"]
