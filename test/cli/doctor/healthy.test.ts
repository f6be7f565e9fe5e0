import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { CHECKS } from '../../../cli/doctor/checks.ts'
import { startSandbox } from '../../../sandbox/index.ts'
import { freePort, run, start } from '../support.ts'
import { examine, healthy } from './patient.ts'

// A store that these tests make, nobody else reads.
process.umask(0o077)

const sandbox = await startSandbox()
const publicUrl = `http://localhost:${await freePort()}`
const receiverPort = await freePort()
const variables = {
  ...healthy(sandbox.urls, publicUrl),
  MERCHANT_WEBHOOK_URL: `http://localhost:${receiverPort}/`,
  MERCHANT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'of-this-test').toString('base64')}`,
}
after(() => sandbox.close())

describe('doctor, where nothing is wrong', () => {
  it('says so, with a proxy and a receiver that run, and changes nothing', async () => {
    const receiver = start(['webhook', 'listen', '--port', String(receiverPort)], {
      env: variables,
    })
    const proxy = start(['proxy'], { env: variables })
    await Promise.all([receiver.until(/Listening/), proxy.until(/proxy\.listening/)])
    const before = await payments()

    const { code, errors, findings } = await examine(variables, [])
    assert.deepEqual(
      // A fresh clone has built no widget yet.
      findings.filter((finding) => finding.code !== 'no-script'),
      [],
    )
    assert.deepEqual([code, errors], [0, 0])
    assert.deepEqual(await payments(), before)

    const spoken = await run(['doctor'], { env: variables })
    assert.equal(spoken.code, 0)
    for (const { title } of CHECKS.filter((check) => check.title !== 'the public address')) {
      assert.match(spoken.output, new RegExp(`^ok {7}${title}$`, 'm'))
    }
    assert.match(spoken.output, /0 errors, \d warnings?; 17 things looked at\n$/)
    assert.equal((await proxy.stop()).code, 0)
    await receiver.stop()
  })

  it('--offline: asks nobody', async () => {
    const { findings } = await examine(variables, ['--offline'])
    assert.deepEqual(findings, [])
  })
})

async function payments(): Promise<unknown> {
  return (await fetch(`${sandbox.urls.control}/payments`)).json()
}
