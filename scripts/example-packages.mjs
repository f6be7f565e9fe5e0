/**
 * The examples are npm workspaces: packages of their own, in the one lock file. What they may be is said
 * here, for check-supply.mjs.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { closureOf } from './lock-file.mjs'

const WORKSPACES = 'examples/*'
const FOLDER = /^examples\/[\w-]+$/
const KINDS = ['dependencies', 'devDependencies']
/** The project itself, as each example asks for it. */
const OWN = 'file:../..'

/**
 * What of the lock file is no package of a registry, and where it leads: links to the examples and to the
 * project. `isOwn` knows how an example asks for the project; `brought` is what the examples need to run.
 */
export function readExamples(root, { manifest, lock }) {
  const folders = Object.keys(lock.packages).filter((path) => FOLDER.test(path))
  const examples = new Map(folders.map((folder) => [folder, readManifest(root, folder)]))
  const links = new Map(folders.map((folder) => [`node_modules/${nameIn(folder)}`, folder]))
  links.set(`node_modules/${manifest.name}`, '')
  const brought = folders.flatMap((folder) =>
    closureOf(lock, Object.keys(lock.packages[folder].dependencies ?? {}), folder),
  )
  return {
    examples,
    links,
    brought: new Set([...folders, ...links.keys(), ...brought]),
    isOwn: (name, range) => name === manifest.name && range === OWN,
  }
}

/** What is wrong with the examples' own manifests. */
export function findExampleProblems(root, { manifest, lock }, { exact, ownScripts }) {
  const { examples, isOwn } = readExamples(root, { manifest, lock })
  const problems = []
  if (manifest.workspaces?.join() !== WORKSPACES) problems.push('package.json: other workspaces')
  for (const [folder, example] of examples) {
    const say = (problem) => problems.push(`${folder}/package.json: ${problem}`)
    if (!example) {
      say('is not there')
      continue
    }
    if (example.name !== nameIn(folder)) say(`is called ${example.name}`)
    if (example.private !== true) say('could be published')
    for (const name of ownScripts) if (example.scripts?.[name]) say(`a script "${name}"`)
    for (const kind of Object.keys(example).filter((key) => /dependencies$/i.test(key))) {
      if (!KINDS.includes(kind)) say(`has ${kind}`)
    }
    for (const kind of KINDS) {
      const [wanted, locked] = [example[kind] ?? {}, lock.packages[folder][kind] ?? {}]
      for (const name of Object.keys({ ...wanted, ...locked })) {
        if (wanted[name] !== locked[name]) say(`${name} is not as in package-lock.json`)
        if (!exact.test(wanted[name]) && !isOwn(name, wanted[name])) {
          say(`${name} ${wanted[name]} is not pinned`)
        }
      }
    }
  }
  return problems
}

const nameIn = (folder) => folder.replace('examples/', 'example-')

function readManifest(root, folder) {
  const file = join(root, folder, 'package.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
