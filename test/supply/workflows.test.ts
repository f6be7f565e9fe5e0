/**
 * The workflows do as little as they need, and each defect that is planted into them is found.
 * @module
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findWorkflowProblems, readWorkflow } from './workflow-rules.ts'
import type { Project } from './workflow-rules.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const FILES = globSync('.github/workflows/*.{yml,yaml}', { cwd: ROOT }).toSorted()
const { scripts, devDependencies } = JSON.parse(
  readFileSync(`${ROOT}package.json`, 'utf8'),
) as Pick<Project, 'scripts'> & { devDependencies: Record<string, string> }
const project = { root: ROOT, scripts }
const read = (name: string): string => readFileSync(`${ROOT}.github/workflows/${name}`, 'utf8')

/** Words of a workflow, what they become, and what has to be said then. */
const DEFECTS: Readonly<
  Record<string, readonly [file: string, from: string | RegExp, to: string, said: RegExp]>
> = {
  'a run with secrets for a change of a stranger': [
    'ci.yml',
    'pull_request:',
    'pull_request_target:',
    /runs on pull_request_target/,
  ],
  'rights for all jobs': ['ci.yml', 'permissions: {}', 'permissions: write-all', /of all jobs/],
  'a job without rights of its own': [
    'release.yml',
    /    permissions:\n      contents: read\n/,
    '',
    /build: no permissions of its own/,
  ],
  'a right to write for a change of a stranger': [
    'ci.yml',
    'contents: read',
    'contents: write',
    /check: contents: write/,
  ],
  'an identity for the job that builds': [
    'release.yml',
    'contents: read',
    'id-token: write',
    /build: id-token: write/,
  ],
  'a secret': ['release.yml', '${{ github.token }}', '${{ secrets.NPM_TOKEN }}', /names a secret/],
  'an action that can change': [
    'ci.yml',
    /checkout@\S+/,
    'checkout@v7',
    /checkout@v7 is not pinned/,
  ],
  'an action of somebody else': ['ci.yml', 'actions/checkout', 'someone/checkout', /not pinned/],
  'an action whose version nobody knows': ['ci.yml', ' # v7.0.1', '', /without its version/],
  'credentials on the disk': ['ci.yml', 'persist-credentials: false', 'clean: true', /keeps/],
  'a cache': [
    'ci.yml',
    'package-manager-cache: false',
    'cache: npm',
    /takes what another run left/,
  ],
  'no time limit': ['ci.yml', /    timeout-minutes: \d+\n/, '', /no time limit/],
  'a script that is gone': [
    'release.yml',
    'scripts/check-release.mjs',
    'scripts/gone.mjs',
    /no such command: node scripts\/gone\.mjs/,
  ],
  'an npm script that is gone': ['release.yml', 'npm run sbom', 'npm run bill', /no such command/],
  'a file that nobody can run': ['ci.yml', 'run: .ci/run', 'run: ./README.md', /no such command/],
  'a program that we know nothing of': ['ci.yml', '- run: .ci/run', '- run: curl x', /curl x/],
  'a name of a branch that is run': [
    'ci.yml',
    'run: .ci/run',
    'run: .ci/run ${{ github.head_ref }}',
    /an expression in a command/,
  ],
  'our code beside the identity': [
    'release.yml',
    'npm publish',
    'npm run build; npm publish',
    /publish: runs npm run build/,
  ],
}

describe('the workflows', () => {
  for (const file of FILES) {
    it(`${basename(file)} does as little as it needs`, () => {
      assert.deepEqual(findWorkflowProblems(read(basename(file)), project), [])
    })
  }

  it('are these', () => {
    assert.deepEqual(
      FILES.map((file) => basename(file)),
      ['ci.yml', 'release.yml'],
    )
  })

  for (const [title, [file, from, to, said]] of Object.entries(DEFECTS)) {
    it(`are not allowed ${title}`, () => {
      const text = read(file)
      const changed = text.replace(from, () => to)
      assert.notEqual(changed, text)
      assert.match(findWorkflowProblems(changed, project).join('\n'), said)
    })
  }

  it('run on the Node that the tests have', () => {
    for (const file of FILES) {
      const found = [...read(basename(file)).matchAll(/node-version: (.+)/g)]
      assert.ok(found.length > 0)
      for (const [, version] of found) assert.equal(version, devDependencies['node'])
    }
  })

  it('check what stands before what lands', () => {
    const { on, jobs } = readWorkflow(read('ci.yml'))
    assert.deepEqual(Object.keys(on), ['pull_request', 'push'])
    assert.deepEqual(
      jobs['check']?.steps.flatMap(({ run }) => run ?? []),
      ['.ci/run'],
    )
  })

  it('publish by a tag, after the tests and a second build, what both made', () => {
    const { on, jobs } = readWorkflow(read('release.yml'))
    assert.deepEqual(on, { push: { tags: ['v*.*.*'] } })
    const commands = (name: string): readonly string[] =>
      jobs[name]?.steps.flatMap(({ run }) => run?.trim() ?? []) ?? []
    assert.equal(commands('build')[0], '.ci/run')
    assert.ok(commands('build').includes('node scripts/check-release.mjs --tag "$GITHUB_REF_NAME"'))
    assert.match(commands('again').at(-1) ?? '', /--expect "\$INTEGRITY"$/)
    assert.deepEqual(jobs['publish']?.needs, ['build', 'again'])
    assert.deepEqual(jobs['publish']?.permissions, { 'id-token': 'write' })
    const [compare = '', publish, ...rest] = commands('publish')
    assert.match(compare, /^test "sha512-\$\(openssl dgst .*\)" = "\$INTEGRITY"$/)
    assert.equal(publish, 'npm publish "./release/$TARBALL" --provenance --access public')
    assert.deepEqual(rest, [])
  })
})
