# The proxy alone, in one small image: docs/runtimes.md
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --workspaces=false
COPY . .
RUN node scripts/build-browser.mjs
RUN node_modules/.bin/tsc --build cli
RUN node scripts/bundle-proxy.mjs
RUN rm dist/server/worker.js
RUN node scripts/third-party.mjs

FROM node:24.21.0-alpine
ENV NODE_ENV=production DATABASE_URL=file:/data/checkout.db
WORKDIR /srv
COPY --from=build /src/package.json /src/LICENSE /src/dist/THIRD-PARTY-LICENSES.txt ./
COPY --from=build /src/dist/server dist/server
COPY --from=build /src/dist/bin dist/bin
COPY --from=build /src/dist/console dist/console
COPY --from=build /src/dist/crypto-checkout.* dist/
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8787
HEALTHCHECK --interval=30s --timeout=5s --start-period=5s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 8787}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/server/server.js"]
