/**
 * The tarball that npm makes of what is built, and what is in it: each file with its mode and hash, one hash of
 * all of them, and the tarball's own, which is what a registry names as `dist.integrity`.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What it may weigh. In November 2026 it was 1.8 MB, and 7.4 MB unpacked. */
const MOST = { size: 2_300_000, unpackedSize: 9_000_000, files: 800 }
const NOT_FOR_OTHERS = [
  [/\.map$/, 'a source map'],
  [/(^|\/)(tests?|fixtures|examples|bench|demo|coverage)\/|\.(test|spec)\./, 'of the tests'],
  [/(^|\/)\.env$|\.(pem|key|p12|db|sqlite|log|tsbuildinfo)$/, 'of one machine'],
]
const SECRETS = [
  /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s*[\w+/=]{32}/,
  /\bwhsec_[\w+/=]{24}/,
  /\b(?:npm_\w{36}|gh[pousr]_\w{36}|AKIA[0-9A-Z]{16})\b/,
]

/** Packs the project at `root` into `folder`. */
export function pack(root, folder) {
  mkdirSync(folder, { recursive: true })
  const [packed] = Object.values(
    JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], root)),
  )
  const { filename, integrity, size, unpackedSize, files } = packed
  const paths = files.map(({ path }) => path)
  return { path: join(folder, filename), filename, integrity, size, unpackedSize, paths }
}

/** By its path in the package: mode and SHA-512. */
export function readContents(tarball) {
  const folder = mkdtempSync(`${tarball}-`)
  try {
    run('tar', ['-xzf', tarball, '-C', folder])
    const root = join(folder, 'package')
    const paths = readdirSync(root, { recursive: true }).filter((path) =>
      statSync(join(root, path)).isFile(),
    )
    return new Map(
      paths
        .toSorted((a, b) => (a < b ? -1 : 1))
        .map((path) => {
          const mode = (statSync(join(root, path)).mode & 0o777).toString(8)
          return [path, `${mode} ${hashOf(readFileSync(join(root, path)))}`]
        }),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One hash of every path, mode and byte. */
export function hashOfAll(contents) {
  return hashOf([...contents].map(([path, content]) => `${content} ${path}\n`).join(''))
}

/** What differs between two, by path. */
export function differences(one, other) {
  return [...new Set([...one.keys(), ...other.keys()])]
    .filter((path) => one.get(path) !== other.get(path))
    .map((path) => {
      if (!one.has(path)) return `${path}: only in the second build`
      if (!other.has(path)) return `${path}: only in the first build`
      return `${path}: two builds, two hashes`
    })
}

/** What should not be in it, and whether it is too large. `read` gives a file's text. */
export function findUnwanted({ paths, size, unpackedSize }, { read, root }) {
  const problems = []
  const sizes = { size, unpackedSize, files: paths.length }
  for (const [name, most] of Object.entries(MOST)) {
    if (!(sizes[name] <= most)) problems.push(`the package's ${name} is ${sizes[name]}, of ${most}`)
  }
  for (const path of paths) {
    for (const [pattern, what] of NOT_FOR_OTHERS) {
      if (pattern.test(path)) problems.push(`${path} is ${what}`)
    }
    const text = read(path)
    if (SECRETS.some((pattern) => pattern.test(text))) problems.push(`${path} holds a secret`)
    if (text.includes(root.replace(/\/$/, ''))) problems.push(`${path} names ${root}`)
    if (/^\/\/[#@] sourceMappingURL=/m.test(text)) problems.push(`${path} names a source map`)
  }
  return problems
}

function hashOf(bytes) {
  return `sha512-${createHash('sha512').update(bytes).digest('base64')}`
}

function run(command, args, cwd) {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    shell,
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${stderr}`)
  return stdout
}
