/**
 * The image, where no Docker runs: its `Dockerfile` is carried out step by step in folders. What the base
 * images and `npm ci` do is not; that is npm's part of every other test.
 * @module
 */
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createPorts } from '../../demo/ports.ts'
import { pause } from '../proxy/shop.ts'
import { fullEnvironment } from '../proxy/support.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const NODE_UID = 1000
const MAX_MB = 5
const STEP = /^(FROM|WORKDIR|COPY|RUN|ENV|USER|VOLUME|EXPOSE|HEALTHCHECK|ENTRYPOINT) (.+)$/
const isRoot = process.getuid?.() === 0

type Step = readonly [word: string, rest: string]

describe('the image', { timeout: 120_000 }, () => {
  const text = readFileSync(join(ROOT, 'Dockerfile'), 'utf8')
  const steps: Step[] = text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, word = '', rest = ''] = STEP.exec(line) ?? assert.fail(`not understood: ${line}`)
      return [word, rest]
    })
  const ofWord = (word: string): string[] =>
    steps.filter(([each]) => each === word).map(([, rest]) => rest)
  const last = steps.findLastIndex(([word]) => word === 'FROM')
  const folder = mkdtempSync(join(tmpdir(), 'checkout-image-'))
  const [source, image, data] = ['src', 'srv', 'data'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]

  before(() => {
    chmodSync(folder, 0o755)
    for (const each of [source, image, data]) mkdirSync(each)
    build(steps.slice(1, last))
    assemble(steps.slice(last + 1))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** The first stage: what `.dockerignore` lets in, and its commands, with what npm has installed here. */
  function build(stage: readonly Step[]): void {
    for (const [word, rest] of stage) {
      if (word === 'COPY') {
        const names = rest.split(' ').slice(0, -1)
        for (const name of names[0] === '.' ? context() : names) {
          assert.ok(context().includes(name), `${name} is not let in`)
          cpSync(join(ROOT, name), join(source, name), { recursive: true })
        }
      } else if (rest.startsWith('npm ci')) {
        symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'))
      } else if (word === 'RUN') {
        execFileSync('/bin/sh', ['-c', rest], { cwd: source, env: pathToNode(), stdio: 'pipe' })
      }
    }
  }

  /** The second: what is copied out of the first. */
  function assemble(stage: readonly Step[]): void {
    for (const [word, rest] of stage) {
      if (word !== 'COPY') continue
      const [from, ...paths] = rest.split(' ')
      assert.equal(from, '--from=build')
      const target = paths.at(-1) ?? ''
      for (const path of paths.slice(0, -1)) {
        const found = globSync(path.replace('/src/', ''), { cwd: source })
        assert.ok(found.length > 0, `there is no ${path}`)
        for (const name of found) {
          const place = target.endsWith('/') ? join(target, basename(name)) : target
          cpSync(join(source, name), join(image, place), { recursive: true })
        }
      }
    }
    if (isRoot) chownSync(data, NODE_UID, NODE_UID)
    execFileSync('chmod', ['-R', 'a-w,a+rX', image])
  }

  it('is of pinned bases, the Node that is tested, and for nobody in particular', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: { node: string }
    }
    for (const base of ofWord('FROM')) assert.ok(base.startsWith(`node:${devDependencies.node}-`))
    assert.deepEqual(ofWord('USER'), ['node'])
    assert.ok(!text.includes('SECRET'), 'no secret is built in')
  })

  it('lets nothing in that is nobody else’s business', () => {
    for (const name of ['.env', '.git', 'data', 'node_modules', 'dist'])
      assert.ok(!context().includes(name), name)
  })

  it(`weighs less than ${MAX_MB} MB beside Node`, () => {
    const files = globSync('**', { cwd: image }).map((name) => statSync(join(image, name)))
    const bytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0)
    assert.ok(bytes < MAX_MB * 1e6, `${bytes} bytes`)
    assert.ok(!existsSync(join(image, 'node_modules')))
  })

  it('starts as somebody who may write to /data alone, is healthy, and stops', async () => {
    const port = await createPorts().find(0)
    const { DATABASE_URL: _, ...settings } = fullEnvironment({ cryptom: 'http://localhost:1' })
    const [variables = ''] = ofWord('ENV')
    const own = variables.replace('/data', data).split(' ')
    const environment = {
      ...pathToNode(),
      ...Object.fromEntries(own.map((each) => each.split(/=(.*)/, 2))),
      ...Object.fromEntries(
        Object.entries(settings).filter(
          ([name]) => !/^(LIPAY|PAYC|LINC|REDOYA|PAYOUTS)/.test(name),
        ),
      ),
      PORT: String(port),
    }
    const who = isRoot ? { uid: NODE_UID, gid: NODE_UID } : {}
    const options = { cwd: image, env: environment, ...who }
    const [command = '', ...args] = JSON.parse(ofWord('ENTRYPOINT')[0] ?? '') as string[]
    const [, check = ''] = /CMD (.+)$/.exec(ofWord('HEALTHCHECK')[0] ?? '') ?? []
    const [asking = '', ...how] = JSON.parse(check) as string[]
    const isHealthy = (): boolean => spawnSync(asking, how, options).status === 0
    assert.ok(!isHealthy(), 'nobody is there yet')

    const doctor = ['dist/bin/main.js', 'doctor', '--offline']
    const found = spawnSync('node', doctor, { ...options, encoding: 'utf8' })
    assert.match(found.stdout, /^ok +configuration$/m, found.stderr)

    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let log = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (log += text.toString()))
    try {
      for (let tries = 0; tries < 50 && !isHealthy(); tries += 1) await pause(100)
      assert.ok(isHealthy(), log)
      assert.equal((await fetch(`http://localhost:${port}/readyz`)).status, 200)
      assert.equal((await fetch(`http://localhost:${port}/crypto-checkout.js`)).status, 200)
      assert.ok(existsSync(join(data, 'checkout.db')))
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGTERM')
      assert.equal(await ended, 0)
    } finally {
      child.kill('SIGKILL')
    }
  })
})

/** What `.dockerignore` lets in: nothing, but for these. */
function context(): readonly string[] {
  const [first, ...others] = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
  assert.equal(first, '*')
  return others.map((line) => (line.startsWith('!') ? line.slice(1) : assert.fail(line)))
}

/** The Node that runs this is the one that the base image has. */
const pathToNode = (): { PATH: string } => ({
  PATH: `${join(process.execPath, '..')}:${process.env['PATH']}`,
})
