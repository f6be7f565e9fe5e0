/**
 * Builds the widget's script and its languages twice, the second time from a copy of the sources in another
 * folder, another time zone and another language, and compares the bytes.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const NEEDED = [
  'widget',
  'protocol',
  'build',
  'vite.config.ts',
  'package.json',
  'tsconfig.base.json',
]
/** The script, and four languages. */
const FEWEST = 5

const folder = mkdtempSync(join(tmpdir(), 'checkout-build-'))
try {
  const copy = join(folder, 'a copy')
  for (const path of NEEDED) cpSync(ROOT + path, join(copy, path), { recursive: true })
  symlinkSync(`${ROOT}node_modules`, join(copy, 'node_modules'), 'junction')
  const builds = [
    build(ROOT, join(folder, 'one'), {}),
    build(copy, join(folder, 'two'), { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', CI: '1' }),
  ]
  const names = new Set(builds.flatMap((files) => [...files.keys()]))
  for (const name of names) {
    const [hash, other] = builds.map((files) => files.get(name))
    console.log(name, hash)
    if (hash === other) continue
    console.error(`${name}: two builds, two hashes`)
    process.exitCode = 1
  }
  if (names.size < FEWEST) throw new Error(`only ${[...names].join()} was built`)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function build(cwd, outDir, env) {
  const vite = join(ROOT, 'node_modules/vite/bin/vite.js')
  const { status, stderr } = spawnSync(
    process.execPath,
    [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'error'],
    { cwd, encoding: 'utf8', env: { ...process.env, ...env } },
  )
  if (status !== 0) throw new Error(stderr)
  const names = globSync('crypto-checkout*', { cwd: outDir }).toSorted()
  return new Map(names.map((name) => [name, hashOf(readFileSync(join(outDir, name)))]))
}

function hashOf(bytes) {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`
}
