/**
 * `npm run sbom`: writes `dist/sbom.cdx.json` (CycloneDX), what is shipped and nothing else, offline and
 * the same for the same lock file. npm lists, from a lock file of what is shipped alone: the proxy's peers
 * are development packages to npm, although `dist/server` holds them, and it lists nothing at all where two
 * of our tools disagree about a third. What it leaves out or adds is put right here: a new serial number and
 * the time make each run another file, and the component is named after its folder.
 *
 * Then it is checked against the lock file's hashes and against what really ends up in the bundles.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { nameOf, readProject, serverLibraries, shippedPaths } from './lock-file.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = 'dist/sbom.cdx.json'
const ENTRIES = { browser: ['widget/script.ts'], node: ['proxy/server.ts', 'cli/main.ts'] }

const project = readProject(ROOT)
const shipped = new Map(
  shippedPaths(project).map((path) => {
    const { version, integrity } = project.lock.packages[path]
    return [`${nameOf(path)}@${version}`, integrity]
  }),
)
const bundled = await listBundled()
const [text, again] = [describe(), describe()]
const problems = [...compare(JSON.parse(text)), ...(text === again ? [] : ['two runs differ'])]
if (bundled.size === 0) problems.push('the bundles hold no package at all')
for (const problem of problems) console.error(`${FILE}: ${problem}`)
if (problems.length > 0) process.exit(1)
mkdirSync(`${ROOT}dist`, { recursive: true })
writeFileSync(ROOT + FILE, text)
console.log(
  `${FILE}: ${shipped.size} packages, ${bundled.size} of them in the bundles; twice the same`,
)

function describe() {
  const sbom = JSON.parse(list())
  const isShipped = ({ name, group, version }) =>
    shipped.has(`${group ? `${group}/` : ''}${name}@${version}`)
  const components = sbom.components.filter(isShipped).toSorted(byRef)
  const refs = new Set(components.map((component) => component['bom-ref']))
  const own = sbom.metadata.component
  own.name = project.manifest.name
  const content = {
    ...sbom,
    metadata: { lifecycles: sbom.metadata.lifecycles, component: own },
    components: components.map((component) => ({ ...component, properties: undefined })),
    dependencies: sbom.dependencies
      .filter(({ ref }) => refs.has(ref) || ref === own['bom-ref'])
      .map(({ ref, dependsOn = [] }) => ({
        ref,
        dependsOn: dependsOn.filter((each) => refs.has(each)).toSorted(compareText),
      }))
      .toSorted((a, b) => compareText(a.ref, b.ref)),
  }
  content.serialNumber = serialOf(content)
  return `${JSON.stringify(content, null, 2)}\n`
}

/** npm's own list, from the lock file alone. */
function list() {
  const cwd = writeShipped()
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--offline']
  const { status, stdout, stderr, error } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  })
  rmSync(cwd, { recursive: true })
  if (status !== 0) throw error ?? new Error(stderr)
  return stdout
}

/** A project that wants what is shipped, and nothing else. */
function writeShipped() {
  const { manifest, lock } = project
  const { name, version, description, license } = manifest
  const libraries = serverLibraries(manifest).map((each) => [each, manifest.devDependencies[each]])
  const own = {
    name,
    version,
    description,
    license,
    dependencies: { ...manifest.dependencies, ...Object.fromEntries(libraries) },
  }
  // By npm's marks, what a tool of ours brings too would be of no need to anybody else.
  const needed = { dev: undefined, devOptional: undefined, peer: undefined }
  const packages = shippedPaths(project).map((path) => [
    path,
    { ...lock.packages[path], ...needed },
  ])
  const folder = mkdtempSync(join(tmpdir(), 'checkout-sbom-'))
  const write = (file, content) => writeFileSync(join(folder, file), JSON.stringify(content))
  write('package.json', own)
  write('package-lock.json', { ...lock, packages: Object.fromEntries([['', own], ...packages]) })
  return folder
}

/** A UUID made of the content: the same content has the same one. */
function serialOf(content) {
  const hex = createHash('sha256')
    .update(JSON.stringify({ ...content, serialNumber: '' }))
    .digest('hex')
  const variant = '89ab'[Number.parseInt(hex[16], 16) % 4]
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`]
  return `urn:uuid:${[...parts, variant + hex.slice(17, 20), hex.slice(20, 32)].join('-')}`
}

function compareText(a, b) {
  return a < b ? -1 : Number(a > b)
}

function byRef(a, b) {
  return compareText(a['bom-ref'], b['bom-ref'])
}

/** Packages of which at least a byte is in a bundle. */
async function listBundled() {
  const found = new Set()
  for (const [platform, entryPoints] of Object.entries(ENTRIES)) {
    const { metafile } = await build({
      absWorkingDir: ROOT,
      entryPoints,
      bundle: true,
      write: false,
      metafile: true,
      platform,
      format: 'esm',
      outdir: 'dist/unused',
      external: ['pg-native'],
      logLevel: 'error',
    })
    for (const { inputs } of Object.values(metafile.outputs)) {
      for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]
        if (folder && bytesInOutput > 0) found.add(folder)
      }
    }
  }
  return found
}

/** What is wrong with it. */
function compare(sbom) {
  const listed = new Map(
    sbom.components.map(({ name, group, version, hashes }) => [
      `${group ? `${group}/` : ''}${name}@${version}`,
      hashes?.find(({ alg }) => alg === 'SHA-512')?.content,
    ]),
  )
  const missing = [...shipped].filter(
    ([id, integrity]) =>
      listed.get(id) !== Buffer.from(integrity.slice(7), 'base64').toString('hex'),
  )
  const unlisted = [...bundled].filter((path) => {
    const version = project.lock.packages[path]?.version
    return !listed.has(`${nameOf(path)}@${version}`)
  })
  const unlicensed = sbom.components.filter(({ licenses }) => !licenses?.length)
  return [
    ...missing.map(([id]) => `${id} is missing, or has another hash`),
    ...unlisted.map((path) => `${path} is in a bundle, but not listed`),
    ...unlicensed.map(({ name }) => `${name} has no license`),
  ]
}
