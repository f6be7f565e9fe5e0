/**
 * The package is made twice: of `dist/` as it is, and of a copy of the sources, built in another folder, time
 * zone and language. Every file has to be the same, and so has the tarball, whose hash is printed: it is what a
 * registry will name. Wants `npm run build` and `npm run sbom`.
 * @module
 */
import { spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { differences, hashOfAll, pack, readContents } from './package-contents.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** What is not a source: made by a build, by a run, or somebody's own. */
const LEFT_OUT = /^(node_modules|dist|dist-docs|data|coverage|\.git|\.cache|\.env)$/
const ELSEWHERE = { TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' }
/** Below that, something was not packed at all. */
const FEWEST = 500

mkdirSync(`${ROOT}.cache`, { recursive: true })
// On the same disk, so that what is installed can be linked.
const folder = mkdtempSync(`${ROOT}.cache/reproducible-`)
try {
  const copy = join(folder, 'a copy')
  copySources(copy)
  for (const script of ['build', 'sbom']) build(copy, script)
  const [first, second] = [ROOT, copy].map((root, index) => {
    const { path, filename, integrity } = pack(root, join(folder, String(index)))
    return { filename, integrity, contents: readContents(path) }
  })
  const problems = differences(first.contents, second.contents)
  const count = first.contents.size
  if (count < FEWEST) problems.push(`only ${count} files were packed`)
  if (first.integrity !== second.integrity) problems.push('two tarballs, two hashes')
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) {
    console.error('is dist/ of these sources? npm run build && npm run sbom')
    process.exitCode = 1
  } else {
    console.log(`two builds, ${count} files, all the same: ${hashOfAll(first.contents)}`)
    console.log(`${first.filename} ${first.integrity}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function copySources(copy) {
  mkdirSync(copy)
  for (const name of readdirSync(ROOT)) {
    if (LEFT_OUT.test(name)) continue
    const filter = (path) => !/[\\/](node_modules|dist)$/.test(path)
    cpSync(join(ROOT, name), join(copy, name), {
      recursive: true,
      filter,
      preserveTimestamps: true,
    })
  }
  linkTree(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
  for (const name of readdirSync(join(ROOT, 'examples'))) {
    const from = join(ROOT, 'examples', name, 'node_modules')
    linkTree(from, join(copy, 'examples', name, 'node_modules'))
  }
}

/** The same files under another name: a link to the folder would lead back to here. */
function linkTree(from, to) {
  if (!existsSync(from)) return
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else linkSync(source, target)
  }
}

function build(cwd, script) {
  const PATH = `${dirname(process.execPath)}:${process.env.PATH}`
  const { status, stdout, stderr } = spawnSync('npm', ['run', script], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...ELSEWHERE, PATH },
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`npm run ${script}: ${stdout}${stderr}`)
}
