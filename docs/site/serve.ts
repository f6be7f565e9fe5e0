/**
 * The site while it is written: `npm run docs` builds it, serves it, and builds it anew when a document changes.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync, watch } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import process from 'node:process'
import { createPorts } from '../../demo/ports.ts'
import { ROOT } from './root.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}
const WATCHED = [
  'docs',
  'README.md',
  'SECURITY.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  '.env.example',
]
/** Editors write a file several times. */
const QUIET_MS = 100

/** The file of `folder` that `path` asks for; undefined: there is none. */
export function findFile(folder: string, path: string): string | undefined {
  const asked = join(folder, decodeURIComponent(path))
  if (!asked.startsWith(folder)) return undefined
  const file =
    existsSync(asked) && statSync(asked).isDirectory() ? join(asked, 'index.html') : asked
  return existsSync(file) ? file : undefined
}

/** Serves `folder` on a free port of this machine, from `wanted` on. */
export async function serveSite(folder: string, wanted: number) {
  const port = await createPorts().find(wanted)
  const server = createServer(({ url = '/' }, response) => {
    const file = findFile(folder, new URL(url, 'http://localhost').pathname)
    const type = TYPES[extname(file ?? '')] ?? 'text/plain; charset=utf-8'
    response.writeHead(file === undefined ? 404 : 200, { 'content-type': type })
    response.end(file === undefined ? 'not found' : readFileSync(file))
  })
  await new Promise<void>((resolve) => {
    server.listen(port, 'localhost', resolve)
  })
  return { url: `http://localhost:${port}`, close: () => server.close() }
}

/** In a process of its own: a module that changed is read anew. */
function build(folder: string): void {
  const command = join(import.meta.dirname, 'build.ts')
  spawnSync(process.execPath, [command, folder], { stdio: 'inherit' })
}

if (import.meta.main) {
  const folder = join(ROOT, 'dist-docs')
  build(folder)
  let timer: NodeJS.Timeout | undefined
  for (const path of WATCHED) {
    watch(join(ROOT, path), { recursive: true }, () => {
      clearTimeout(timer)
      timer = setTimeout(() => build(folder), QUIET_MS)
    })
  }
  const { url } = await serveSite(folder, 4173)
  process.stdout.write(`${url}\n`)
}
