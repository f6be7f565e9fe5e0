import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { testEnvironment } from '../proxy/support.ts'
import { runCommand, start } from './support.ts'

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

describe('crypto-checkout', () => {
  it('help: lists the commands', async () => {
    for (const word of ['help', '--help']) {
      const { code, output, errors } = await runCommand([word])
      assert.deepEqual([code, errors], [0, ''])
      assert.match(output, /\n {2}proxy {10}\w.*\n {2}sandbox {8}\w/)
      assert.match(output, /\n {2}migrate-store {2}\w.*\n {2}help {11}\w/)
      assert.match(output, /Examples:\n {2}crypto-checkout keys/)
    }
  })

  it('without a command, or with one it has not: lists them, exits with 2', async () => {
    for (const args of [[], ['constructor'], ['pass-word-of-nobody']]) {
      const { code, output, errors } = await runCommand(args)
      assert.deepEqual([code, output], [2, ''])
      assert.match(errors, /migrate-store/)
      assert.equal(/There is no such command/.test(errors), args.length > 0)
      assert.doesNotMatch(errors, /pass-word-of-nobody|Did you mean|    at /)
    }
  })

  it('with a command that it nearly has: names that one', async () => {
    const near = { migrate: 'migrate-store', docter: 'doctor', sgin: 'sign', webhoks: 'webhook' }
    for (const [typed, meant] of Object.entries(near)) {
      const { code, errors } = await runCommand([typed])
      assert.equal(code, 2)
      assert.match(errors, new RegExp(`There is no such command. Did you mean ${meant}\\?`))
    }
  })

  it('with an option it has not, or nearly has: names that one, never its value', async () => {
    const { code, errors } = await runCommand(['sign', '--amout=pass-word-of-nobody'])
    assert.equal(code, 2)
    assert.match(errors, /sign: has no option --amout. Did you mean --amount\?/)
    assert.doesNotMatch(errors, /pass-word/)
    const { errors: others } = await runCommand(['--verbose'])
    assert.match(others, /has no option --verbose/)
  })

  it('--version: is that of the package', async () => {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
    const { version } = JSON.parse(text) as { version: string }
    assert.deepEqual((await runCommand(['--version'])).output, `${version}\n`)
  })

  it('<command> --help: tells of the command, with examples', async () => {
    const commands =
      'demo,keys,doctor,proxy,sandbox,sign,csp,migrate-store,webhook,webhook listen,webhook test,webhook replay'.split(
        ',',
      )
    for (const name of commands) {
      const { code, output, errors } = await runCommand([...name.split(' '), '--help'])
      assert.deepEqual([code, errors], [0, ''], name)
      assert.match(output, new RegExp(`^Usage: crypto-checkout ${name}`))
      assert.match(output, new RegExp(`Examples:\\n  .*crypto-checkout ${name}`), name)
    }
  })

  it('writes no colours into a pipe', async () => {
    for (const args of [
      ['--help'],
      ['doctor', '--offline'],
      ['csp', '--proxy', 'https://a.example'],
    ]) {
      const { output, errors } = await runCommand(args)
      assert.ok(output.length > 0)
      assert.ok(!(output + errors).includes('\u001B'))
    }
  })

  it('on a Node that is too old: says which one it needs, exits with 1', () => {
    const older = `Object.defineProperty(process.versions, 'node', { value: '22.11.0' })`
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(older)}`, MAIN, 'keys'],
      { encoding: 'utf8' },
    )
    assert.equal(status, 1)
    assert.match(stderr, /^crypto-checkout: Node 24 or newer is needed; this is v/)
  })

  it('ends quietly where the pipe is closed before it has written', async () => {
    const { child, ended } = start(['--help'])
    child.stdout.destroy()
    const { errors } = await ended
    assert.equal(errors, '')
  })
})

describe('crypto-checkout proxy', () => {
  it('without its variables: names them, exits with 1', async () => {
    const { code, errors } = await runCommand(['proxy'])
    assert.equal(code, 1)
    assert.match(errors, /PUBLIC_URL is missing/)
    assert.match(errors, /What to do: crypto-checkout doctor/)
    assert.doesNotMatch(errors, /    at /)
  })

  it('answers until it is told to stop', async () => {
    const environment = testEnvironment({
      cryptom: 'http://localhost:9/cryptom',
      redoya: 'http://localhost:9/redoya',
    })
    let answer: Promise<Response> | undefined
    const { code, output, errors } = await runCommand(
      ['proxy'],
      (text, child) => {
        const port = /"port":(\d+)/.exec(text)?.[1]
        if (!port || answer) return
        answer = fetch(`http://localhost:${port}/healthz`).finally(() => child.kill('SIGTERM'))
      },
      environment,
    )
    assert.equal((await answer)?.status, 200, errors)
    assert.deepEqual([code, errors], [0, ''])
    assert.match(output, /proxy\.listening/)
  })

  it('on a port that another has: says so and ends, with its workers', async (t) => {
    const other = createServer().listen(0, 'localhost')
    await once(other, 'listening')
    t.after(() => other.close())
    const { port } = other.address() as AddressInfo
    const { code, errors } = await runCommand(['proxy'], undefined, {
      ...testEnvironment({
        cryptom: 'http://localhost:9/cryptom',
        redoya: 'http://localhost:9/redoya',
      }),
      HOST: 'localhost',
      PORT: String(port),
    })
    assert.equal(code, 1)
    assert.match(errors, /EADDRINUSE/)
  })
})
