/**
 * What a host of static pages does: it serves a folder, with the headers of its file `_headers`. The proxy's
 * address in the pages is the one of a shop that is not there; here it becomes the one that is.
 * @module
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import { serveStatic } from '@hono/node-server/serve-static'
import { Hono } from 'hono'

export interface StaticOptions {
  readonly folder: string
  readonly port: number
  readonly proxyUrl: string
}

/** What the pages and their policy call the proxy. */
const PROXY = 'https://pay.shop.example'

/** Starts it on `localhost`; resolves to what ends it. */
export async function startStatic(options: StaticOptions): Promise<() => Promise<void>> {
  const { fetch } = createSite(options)
  const listener = getRequestListener(fetch)
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, 'localhost', resolve)
  })
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
}

function createSite({ folder, proxyUrl }: StaticOptions): Hono {
  const toHere = (text: string): string => text.replaceAll(PROXY, proxyUrl)
  const headers = readHeaders(toHere(readFileSync(join(folder, '_headers'), 'utf8')))
  const site = new Hono()
  site.use(async (c, next) => {
    await next()
    for (const [name, value] of headers) c.header(name, value)
    if (c.res.headers.get('content-type')?.startsWith('text/html') !== true) return
    c.header('content-length', undefined)
    c.res = new Response(toHere(await c.res.text()), c.res)
  })
  site.get('/favicon.ico', (c) => c.body(null, 204))
  site.get('*', serveStatic({ root: folder }))
  return site
}

/** The lines below the address `/*`, in the form that static hosts read. */
const readHeaders = (text: string): [string, string][] =>
  [...text.matchAll(/^ +([\w-]+): (.+)$/gm)].map(([, name = '', value = '']) => [name, value])
