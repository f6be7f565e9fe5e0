import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Client } from 'pg'
import type { Proxy, ProxyOptions } from '../../proxy/create-proxy.ts'
import { startPostgres } from '../support/postgres.ts'
import { actors } from './returning.ts'
import type { Attempt } from './returning.ts'
import { pause } from './shop.ts'
import { startStack } from './support.ts'
import type { Stack } from './support.ts'

const MINUTE = 60_000

const directory = mkdtempSync(join(tmpdir(), 'cc-returns-'))
const postgres = await startPostgres()
after(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

let databases = 0
const STORES: Readonly<Record<string, () => Promise<string>>> = {
  SQLite: async () => `file:${join(directory, `${(databases += 1)}.db`)}`,
  PostgreSQL: async () => {
    const name = `returns_${process.pid}_${(databases += 1)}`
    const client = new Client({ connectionString: postgres.url })
    await client.connect()
    await client.query(`create database ${name}`)
    await client.end()
    return Object.assign(new URL(postgres.url), { pathname: `/${name}` }).href
  },
}

for (const [name, makeDatabase] of Object.entries(STORES)) {
  describe(`what comes back with a browser, on ${name}`, () => {
    let stack: Stack
    /** The provider takes so much longer than it does. */
    let answerMs = 0
    let actor: ReturnType<typeof actors>
    before(async () => {
      const slowly: typeof fetch = async (url, init) => {
        await pause(answerMs)
        return fetch(url, init)
      }
      stack = await startStack({ DATABASE_URL: await makeDatabase() }, { fetch: slowly })
      actor = actors(stack)
    })
    after(() => stack.close())

    describe('every id is kept until it has an answer', () => {
      it('a first one that is confirmed after a second was declined: paid', async () => {
        const attempt = await actor.begin()
        const first = await actor.pay(attempt, 'pending')
        await actor.bring(attempt, first)
        await actor.bring(attempt, await actor.pay(attempt, 'failed'))
        assert.equal(await actor.is(attempt), 'pending', 'a refusal is not the only answer')
        await actor.act(first, 'confirm')
        assert.equal(await actor.look(attempt), 'paid')
        assert.equal((await actor.read(attempt)).payments[0]?.ref, first)
      })

      for (const confirmed of [0, 1]) {
        it(`two that are not confirmed yet, and then number ${confirmed + 1} is: paid`, async () => {
          const attempt = await actor.begin()
          const ids = [await actor.pay(attempt, 'pending'), await actor.pay(attempt, 'pending')]
          for (const id of ids) await actor.bring(attempt, id)
          await actor.act(ids[confirmed] ?? '', 'confirm')
          assert.equal(await actor.look(attempt), 'paid')
        })
      }

      it('a paid one whose question failed, then a declined one: paid', async () => {
        const attempt = await actor.begin()
        const paid = await actor.pay(attempt)
        await actor.unheard(() => actor.bring(attempt, paid))
        await actor.bring(attempt, await actor.pay(attempt, 'failed'))
        assert.equal(await actor.look(attempt), 'paid')
      })

      it('one that comes after a decline: paid all the same', async () => {
        const attempt = await actor.begin()
        await actor.bring(attempt, await actor.pay(attempt, 'failed'))
        assert.equal(await actor.is(attempt), 'failed/declined')
        const second = await actor.pay(attempt, 'pending')
        await actor.bring(attempt, second)
        await actor.act(second, 'confirm')
        await actor.becomes(attempt, 'paid')
      })

      it('two that are declined in the end: failed', async () => {
        const attempt = await actor.begin()
        const first = await actor.pay(attempt, 'pending')
        await actor.bring(attempt, first)
        await actor.bring(attempt, await actor.pay(attempt, 'failed'))
        await actor.act(first, 'fail')
        assert.equal(await actor.look(attempt), 'failed/declined')
      })

      it('the time of the link ends nothing that came back by then', async () => {
        const attempt = await actor.begin()
        const id = await actor.pay(attempt, 'pending')
        await actor.bring(attempt, id)
        stack.clock.advance(20 * MINUTE)
        assert.equal(await actor.look(attempt), 'pending')
        await actor.act(id, 'confirm')
        assert.equal(await actor.look(attempt), 'paid')
      })

      it('one that was declined and is put right over there, brought once more: paid', async () => {
        const attempt = await actor.begin()
        const id = await actor.pay(attempt, 'failed')
        await actor.bring(attempt, id)
        assert.equal(await actor.is(attempt), 'failed/declined')
        await actor.act(id, 'confirm')
        await actor.bring(attempt, id)
        assert.equal(await actor.is(attempt), 'paid')
        await actor.bring(attempt, id)
        assert.equal(await actor.is(attempt), 'paid', 'one order is one payment')
      })

      it('eight of them, and no more; an answered one makes room', async () => {
        const attempt = await actor.begin()
        const ids: string[] = []
        for (let count = 0; count < 9; count += 1) ids.push(await actor.pay(attempt, 'pending'))
        for (const id of ids) await actor.bring(attempt, id)
        assert.equal(await actor.countVerify(ids[7] ?? ''), 1)
        assert.equal(await actor.countVerify(ids[8] ?? ''), 0)
        assert.ok(stack.logs.some((line) => line.includes('claim.refused')))
        await actor.act(ids[0] ?? '', 'fail')
        await actor.act(ids[8] ?? '', 'confirm')
        await actor.look(attempt)
        await actor.bring(attempt, ids[8] ?? '')
        assert.equal(await actor.is(attempt), 'paid')
      })

      it('one that the provider does not know is forgotten, and may come again', async () => {
        const attempt = await actor.begin()
        for (let count = 0; count < 9; count += 1) await actor.bring(attempt, `${count}`.repeat(16))
        assert.equal(await actor.is(attempt), 'pending')
        await actor.bring(attempt, await actor.pay(attempt))
        assert.equal(await actor.is(attempt), 'paid')
      })
    })

    describe('an id is the payment’s that it came back to first', () => {
      it('though the provider confirms it later, and another asks first', async () => {
        const [owner, thief] = [await actor.begin(), await actor.begin()]
        const id = await actor.pay(owner, 'pending')
        await actor.bring(owner, id)
        const { version } = await actor.read(owner)
        await actor.bring(thief, id)
        assert.equal(await actor.is(thief), 'review/conflict')
        assert.equal((await actor.read(owner)).version, version, 'nothing of the owner changed')
        await actor.act(id, 'confirm')
        assert.equal(await actor.look(thief), 'review/conflict')
        await actor.bring(thief, id)
        assert.equal(await actor.is(thief), 'review/conflict')
        assert.equal(await actor.look(owner), 'paid')
      })

      it('where it is not that payment’s, it is still its owner’s', async () => {
        const [owner, thief] = [await actor.begin(), await actor.begin('301.00')]
        const id = await actor.pay(owner)
        await actor.bring(thief, id)
        assert.equal(await actor.is(thief), 'review/conflict')
        await actor.bring(owner, id)
        assert.equal(await actor.is(owner), 'paid')
      })

      it('at the same moment, through two proxies: one has it', async (t) => {
        const other = await stack.join()
        t.after(() => other.close())
        const visit = async (proxy: Proxy, { back }: Attempt, id: string) => {
          const { status } = await proxy.fetch(new Request(`${stack.url}${back}/${id}`))
          assert.ok(status === 200 || status === 303)
        }
        for (let round = 0; round < 5; round += 1) {
          const [one, two] = [await actor.begin(), await actor.begin()]
          const id = await actor.pay(one, 'pending')
          await Promise.all(
            [stack.proxy, other, stack.proxy, other].map((proxy, place) =>
              visit(proxy, place % 2 === 0 ? one : two, id),
            ),
          )
          await actor.act(id, 'confirm')
          const ends = [await actor.look(one), await actor.look(two)]
          assert.deepEqual(ends.toSorted(), ['paid', 'review/conflict'])
        }
      })
    })

    describe('a payment that is paid', () => {
      it('by a second order too is a duplicate, and the merchant is told', async () => {
        const attempt = await actor.begin()
        await actor.bring(attempt, await actor.pay(attempt))
        const { version } = await actor.read(attempt)
        const second = await actor.pay(attempt)
        await actor.bring(attempt, second)
        assert.equal(await actor.is(attempt), 'paid/duplicate')
        const detail = await actor.read(attempt)
        assert.deepEqual([detail.status, detail.version], ['paid', version + 1])
        assert.match(detail.payments[0]?.facts.at(-1)?.note ?? '', new RegExp(second))
        assert.equal(detail.payments[0]?.received?.amount, '600')
        const { body } = await stack.merchant<{ checkouts: { id: string }[] }>(
          'GET',
          '/checkouts?needsPerson=true',
        )
        assert.ok(body.checkouts.some(({ id }) => id === attempt.checkout.id))
        const third = await actor.pay(attempt)
        await actor.bring(attempt, third)
        const after = await actor.read(attempt)
        assert.match(after.payments[0]?.facts.at(-1)?.note ?? '', new RegExp(third))
        assert.equal(after.version, version + 2, 'each is told')
        const alarms = stack.logs.filter((line) => line.includes('"alarm":"duplicate"'))
        assert.ok(alarms.some((line) => line.includes(third)))

        const other = await actor.begin()
        await actor.bring(other, second)
        assert.equal(await actor.is(other), 'review/conflict', 'what it got twice pays nobody else')
      })

      it('is asked about again by itself where the second had no answer', async () => {
        const attempt = await actor.begin()
        await actor.bring(attempt, await actor.pay(attempt))
        const second = await actor.pay(attempt)
        await actor.unheard(() => actor.bring(attempt, second))
        assert.equal(await actor.is(attempt), 'paid')
        await actor.becomes(attempt, 'paid/duplicate')
      })

      for (const order of ['first', 'last', 'at the same moment'] as const) {
        it(`stays plainly paid where a declined id comes ${order}`, async () => {
          const attempt = await actor.begin()
          const paid = await actor.pay(attempt)
          const declined = await actor.pay(attempt, 'failed')
          if (order === 'at the same moment') {
            await Promise.all([actor.bring(attempt, paid), actor.bring(attempt, declined)])
          } else {
            for (const id of order === 'last' ? [paid, declined] : [declined, paid]) {
              await actor.bring(attempt, id)
            }
          }
          assert.equal(await actor.is(attempt), 'paid')
        })
      }

      it('is not moved by an id of another price, or of another payment', async () => {
        const attempt = await actor.begin()
        await actor.bring(attempt, await actor.pay(attempt))
        const [dear, same] = [await actor.begin('900.00'), await actor.begin()]
        const taken = await actor.pay(same)
        await actor.bring(same, taken)
        const { version } = await actor.read(attempt)
        for (const id of [await actor.pay(dear), taken]) await actor.bring(attempt, id)
        assert.equal(await actor.is(attempt), 'paid')
        assert.equal((await actor.read(attempt)).version, version)
      })
    })

    it('an order paid after the link had ended is not this payment’s', async () => {
      const kept = await actor.begin()
      stack.clock.advance(27 * MINUTE)
      const victim = await actor.begin()
      const id = await actor.pay(victim)
      await actor.bring(kept, id)
      assert.equal(await actor.is(kept), 'review/conflict')
      await actor.bring(victim, id)
      assert.equal(await actor.is(victim), 'paid', 'and it is still its owner’s')
    })

    for (const outcome of ['success', 'pending']) {
      it(`ten returns at once of a ${outcome} id: one question`, async () => {
        const attempt = await actor.begin()
        const id = await actor.pay(attempt, outcome)
        const visit = async () =>
          stack.proxy.fetch(new Request(`${stack.url}${attempt.back}/${id}`))
        answerMs = 500
        await Promise.all(Array.from({ length: 10 }, visit))
        answerMs = 0
        assert.equal(await actor.countVerify(id), 1)
      })
    }
  })

  it(`a proxy that ends before it has asked, on ${name}: the next one asks`, async (t) => {
    const options: Partial<ProxyOptions> = {
      reached: (point) => {
        if (point === 'claim_kept') throw new Error('the process ends here')
      },
    }
    const stack = await startStack({ DATABASE_URL: await makeDatabase() }, options)
    t.after(() => stack.close())
    const actor = actors(stack)
    const attempt = await actor.begin()
    const id = await actor.pay(attempt)
    assert.equal((await stack.request('GET', `${attempt.back}/${id}`)).status, 500)
    assert.equal(await actor.countVerify(id), 0)
    await stack.restart({}, { reached: () => undefined })
    await actor.becomes(attempt, 'paid')
  })
}
