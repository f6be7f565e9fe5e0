import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { testEnvironment } from '../proxy/support.ts'
import { runCommand } from './support.ts'

describe('crypto-checkout', () => {
  it('help: lists the commands', async () => {
    for (const word of ['help', '--help']) {
      const { code, output, errors } = await runCommand([word])
      assert.deepEqual([code, errors], [0, ''])
      assert.match(output, /migrate-store {2}\w.*\n {2}proxy {10}\w.*\n {2}help {11}\w/)
    }
  })

  it('without a command, or with one it has not: lists them, exits with 2', async () => {
    for (const args of [[], ['migrate'], ['--version']]) {
      const { code, output, errors } = await runCommand(args)
      assert.deepEqual([code, output], [2, ''])
      assert.match(errors, /migrate-store/)
      assert.equal(/There is no such command/.test(errors), args.length > 0)
    }
  })

  it('<command> --help: tells of the command', async () => {
    for (const name of ['migrate-store', 'proxy']) {
      const { code, output, errors } = await runCommand([name, '--help'])
      assert.deepEqual([code, errors], [0, ''])
      assert.match(output, new RegExp(`^Usage: crypto-checkout ${name}`))
    }
  })
})

describe('crypto-checkout proxy', () => {
  it('without its variables: names them, exits with 1', async () => {
    const { code, errors } = await runCommand(['proxy'])
    assert.equal(code, 1)
    assert.match(errors, /PUBLIC_URL is missing/)
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
})
