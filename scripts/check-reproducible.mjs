/**
 * Builds the widget's script twice, the second time from a copy of the sources in another folder, another
 * time zone and another language, and compares the bytes.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
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
const SCRIPT = 'crypto-checkout.js'

const folder = mkdtempSync(join(tmpdir(), 'checkout-build-'))
try {
  const copy = join(folder, 'a copy')
  for (const path of NEEDED) cpSync(ROOT + path, join(copy, path), { recursive: true })
  symlinkSync(`${ROOT}node_modules`, join(copy, 'node_modules'), 'junction')
  const hashes = [
    hashOf(build(ROOT, join(folder, 'one'), {})),
    hashOf(build(copy, join(folder, 'two'), { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', CI: '1' })),
  ]
  console.log(hashes.join('\n'))
  if (hashes[0] !== hashes[1]) {
    console.error(`${SCRIPT}: two builds, two hashes`)
    process.exitCode = 1
  }
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
  return readFileSync(join(outDir, SCRIPT))
}

function hashOf(bytes) {
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`
}
