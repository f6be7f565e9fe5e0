/**
 * The status engine without the element.
 * @module
 */
import { expect } from 'chai'
import { HttpResponse, http } from 'msw'
import type { Checkout, TransferAction } from '../../../protocol/payment.ts'
import { createEngine } from '../../../widget/core/engine.ts'
import type { Engine } from '../../../widget/core/engine.ts'
import type { EngineState, OrderSource } from '../../../widget/core/state.ts'
import {
  OTHER_TRON_ADDRESS,
  PROXY,
  STATES,
  checkout,
  payment,
  transferAction,
  transferring,
} from '../../../demo/gallery/fixtures.ts'
import { gate, problem } from '../helpers.ts'
import { World, newBrowser } from '../world.ts'

const ID = checkout().id
const GET = `GET /v1/checkouts/${ID}`

interface Run {
  readonly engine: Engine
  readonly world: World
  readonly changes: string[]
  readonly states: EngineState[]
}

const engines: Engine[] = []
afterEach(() => {
  for (const engine of engines.splice(0)) engine.close()
})

async function follow(
  state: () => Checkout | Response | Promise<Checkout | Response>,
  { world = new World(), order = {} }: { world?: World; order?: Partial<OrderSource> } = {},
): Promise<Run> {
  const changes: string[] = []
  const states: EngineState[] = []
  world.answers(state)
  const engine = createEngine({
    proxy: `${PROXY}/`,
    order: { body: null, id: ID, isReturn: false, ...order },
    environment: world,
    onState: (now) => states.push(now),
    onChange: (change) => changes.push(change),
  })
  engines.push(engine)
  engine.open()
  await world.settle()
  return { engine, world, changes, states }
}

const paid = STATES['paid'] ?? checkout()
const processing = STATES['processing'] ?? checkout()

describe('asking', () => {
  it('asks again after the time that the proxy says, and stops when it says so', async () => {
    let state = transferring()
    const { world } = await follow(() => state)
    expect(world.requests).to.deep.equal([GET])
    await world.pass(2900)
    expect(world.requests).to.have.length(1)
    await world.pass(200)
    expect(world.requests).to.have.length(2)
    state = paid
    await world.pass(3100)
    expect(world.requests).to.have.length(3)
    await world.pass(3_600_000)
    expect(world.requests).to.have.length(3)
  })

  it('lets the browser revalidate: no header of its own, so no preflight per poll', async () => {
    const world = new World()
    const inits: RequestInit[] = []
    const ask = world.fetch.bind(world)
    world.fetch = (url, init) => (inits.push(init), ask(url, init))
    await follow(() => transferring(), { world })
    expect(inits[0]).to.include({ cache: 'no-cache', credentials: 'omit', redirect: 'error' })
    expect(inits[0]?.headers).to.equal(undefined)
  })

  it('asks when a quote ends, not only at the next poll', async () => {
    const ending = { ...transferring(), pollAfterMs: 60_000 }
    const soon = new Date(Date.parse(ending.serverNow) + 5000).toISOString()
    const state = { ...ending, payment: payment({ nextAction: transferAction(), expiresAt: soon }) }
    const { world } = await follow(() => state)
    await world.pass(5600)
    expect(world.requests).to.have.length(2)
  })

  it('goes on watching after expiry', async () => {
    const { world } = await follow(() => STATES['expired'] ?? checkout())
    await world.pass(10_000)
    expect(world.requests.length).to.be.greaterThan(2)
  })

  it('waits longer after each failure, and tells of it from the second on', async () => {
    let isDown = false
    const { world, engine } = await follow(() => (isDown ? Response.error() : transferring()))
    isDown = true
    await world.pass(3000)
    expect(engine.state.error).to.equal(null)
    await world.pass(1400)
    expect(world.requests).to.have.length(2)
    await world.pass(200)
    expect(world.requests).to.have.length(3)
    expect(engine.state.error?.code).to.equal('unreachable')
    await world.pass(2800)
    expect(world.requests).to.have.length(3)
    isDown = false
    await world.pass(200)
    expect(engine.state.error).to.equal(null)
    expect(engine.state.checkout?.payment?.id).to.equal('p1')
  })

  it('honours Retry-After in seconds, also when the shopper comes back meanwhile', async () => {
    let isBusy = false
    const { world } = await follow(() =>
      isBusy ? problem('rate_limited', 429, { 'retry-after': '60' }) : transferring(),
    )
    isBusy = true
    await world.pass(3100)
    expect(world.requests).to.have.length(2)
    await world.pass(30_000)
    world.hide()
    world.show()
    await world.settle()
    expect(world.requests).to.have.length(2)
    await world.pass(30_000)
    expect(world.requests).to.have.length(3)
  })

  it('polls that are put off are made up for, and nothing is said of it', async () => {
    let isBusy = false
    const { world, engine } = await follow(() =>
      isBusy ? problem('rate_limited', 429, { 'retry-after': '10' }) : transferring(),
    )
    isBusy = true
    await world.pass(25_000)
    expect(world.requests).to.have.length(4)
    expect(engine.state.error).to.equal(null)
    expect(engine.state.checkout?.status).to.equal('pending')
    expect(engine.state.checkout?.payment?.nextAction).to.be.an('object')
    isBusy = false
    await world.pass(10_000)
    expect(engine.state.error).to.equal(null)
    expect(engine.state.checkout?.payment?.id).to.equal('p1')
  })

  it('a step that may not be taken again so soon leaves what was begun, and goes on watching it', async () => {
    let isRefused = false
    const { world, engine } = await follow(() =>
      isRefused ? problem('too_many_attempts', 429, { 'retry-after': '900' }) : transferring(),
    )
    isRefused = true
    expect(await engine.start({ methodId: 'other' })).to.equal(false)
    isRefused = false
    expect(engine.state.error?.code).to.equal('too_many_attempts')
    expect(engine.state.checkout?.payment?.id).to.equal('p1')
    const asked = world.requests.length
    await world.pass(10_000)
    expect(world.requests.length).to.be.greaterThan(asked + 1)
    expect(engine.state.error?.code).to.equal('too_many_attempts')
  })

  it('honours Retry-After as a date by the server clock', async () => {
    let isBusy = false
    const headers = {
      date: 'Mon, 02 Mar 2026 10:00:00 GMT',
      'retry-after': 'Mon, 02 Mar 2026 10:00:20 GMT',
    }
    const { world } = await follow(() =>
      isBusy ? problem('rate_limited', 429, headers) : transferring(),
    )
    isBusy = true
    await world.pass(3100)
    await world.pass(19_000)
    expect(world.requests).to.have.length(2)
    await world.pass(1100)
    expect(world.requests).to.have.length(3)
  })

  it('gives up on what cannot succeed', async () => {
    const { world, engine } = await follow(() => problem('not_found', 404))
    expect(engine.state.error?.code).to.equal('not_found')
    await world.pass(600_000)
    expect(world.requests).to.have.length(1)
  })

  it('gives up on an answer that does not come', async () => {
    const world = new World()
    const { engine } = await (async () => {
      world.answers(() => new Promise<never>(() => {}))
      const made = createEngine({
        proxy: PROXY,
        order: { body: null, id: ID, isReturn: false },
        environment: world,
        onState: () => {},
      })
      engines.push(made)
      made.open()
      await world.settle(1)
      return { engine: made }
    })()
    await world.pass(20_000, 1)
    expect(engine.state.error?.code).to.equal('unreachable')
  })

  it('takes nothing for a checkout that is none', async () => {
    const strange = { ...checkout(), status: 'PAID!!' } as unknown as Checkout
    for (const answer of [
      HttpResponse.html('<h1>502</h1>'),
      HttpResponse.json({}),
      HttpResponse.json(strange),
    ]) {
      const { engine } = await follow(() => answer.clone())
      expect(engine.state.checkout).to.equal(null)
      expect(engine.state.error?.code).to.equal('bad_answer')
    }
  })
})

describe('coming back', () => {
  it('does not ask while hidden, and at once when shown', async () => {
    const { world } = await follow(() => transferring())
    world.hide()
    await world.pass(600_000)
    expect(world.requests).to.have.length(1)
    world.show()
    await world.settle()
    expect(world.requests).to.have.length(2)
  })

  it('asks the provider itself after a while away with a payment open', async () => {
    const { world } = await follow(() => transferring())
    world.hide()
    await world.pass(20_000)
    world.show()
    await world.settle()
    expect(world.requests.at(-1)).to.equal(`POST /v1/checkouts/${ID}/sent`)
    expect(world.bodies.at(-1)).to.deep.equal({}, 'nothing is claimed')
  })

  it('claims that it is paid only where the shopper does', async () => {
    const { world, engine } = await follow(() => transferring())
    await engine.sent()
    expect(world.bodies.at(-1)).to.deep.equal({ paid: true })
    await engine.check()
    expect(world.requests.at(-1)).to.equal(`POST /v1/checkouts/${ID}/sent`)
    expect(world.bodies.at(-1)).to.deep.equal({})
  })

  it('asks once for the several signs of one return', async () => {
    const { world } = await follow(() => transferring())
    world.hide()
    await world.pass(5000)
    world.show()
    world.wake()
    world.wake()
    await world.settle()
    expect(world.requests).to.have.length(2)
  })

  it('notices a lost network, and asks as soon as it is back', async () => {
    const { world, engine } = await follow(() => transferring())
    world.goOffline()
    expect(engine.state.isOffline).to.equal(true)
    await world.pass(60_000)
    expect(world.requests).to.have.length(1)
    world.goOnline()
    await world.settle()
    expect(engine.state.isOffline).to.equal(false)
    expect(world.requests).to.have.length(2)
  })

  it('asks for proof before showing anything after a return', async () => {
    const { world, engine, changes } = await follow(() => STATES['failed'] ?? checkout(), {
      order: { isReturn: true },
    })
    expect(world.requests).to.deep.equal([GET, `POST /v1/checkouts/${ID}/sent`])
    expect(world.bodies.at(-1)).to.deep.equal({})
    expect(engine.state.isChecking).to.equal(false)
    expect(changes).to.deep.equal(['state', 'failed'])
  })
})

describe('stale answers', () => {
  it('an older answer never replaces a newer one', async () => {
    const first = gate<Checkout>()
    let count = 0
    const world = new World()
    // this fetch ignores the abort, as a service worker may
    world.fetch = async () => {
      count++
      return world.json(count === 2 ? await first.promise : processing)
    }
    const { engine } = await follow(() => transferring(), { world })
    void engine.refresh()
    await world.settle()
    void engine.refresh()
    await world.settle()
    expect(engine.state.checkout?.status).to.equal('processing')
    first.resolve(transferring())
    await world.settle()
    expect(engine.state.checkout?.status).to.equal('processing')
  })

  it('a newer request aborts the one in flight', async () => {
    const world = new World()
    const signals: AbortSignal[] = []
    const ask = world.fetch.bind(world)
    world.fetch = (url, init) => (signals.push(init.signal as AbortSignal), ask(url, init))
    let isSlow = false
    const { engine } = await follow(
      () => (isSlow ? new Promise<never>(() => {}) : transferring()),
      { world },
    )
    isSlow = true
    void engine.refresh()
    await world.settle(1)
    isSlow = false
    void engine.refresh()
    await world.settle()
    expect(signals.map((signal) => signal.aborted)).to.deep.equal([false, true, false])
  })

  it('paid is never taken back, whatever a lagging replica says', async () => {
    let state = paid
    const { engine, changes } = await follow(() => state)
    state = transferring()
    await engine.refresh()
    expect(engine.state.checkout?.status).to.equal('paid')
    expect(changes).to.deep.equal(['state', 'paid'])
  })

  it('an answer about another checkout is not shown', async () => {
    let state = transferring()
    const { engine } = await follow(() => state)
    state = { ...paid, id: 'someone-elses' }
    await engine.refresh()
    expect(engine.state.checkout?.status).to.equal('pending')
  })

  it('closing aborts the request and shows nothing more', async () => {
    let isSlow = false
    const held = gate<Checkout>()
    const { engine, world, states } = await follow(() => (isSlow ? held.promise : transferring()))
    isSlow = true
    void engine.refresh()
    await world.settle(1)
    const seen = states.length
    engine.close()
    held.resolve(paid)
    await world.settle()
    await world.pass(600_000)
    expect(states).to.have.length(seen)
    expect(world.requests).to.have.length(2)
    expect(world.waitingTimers).to.equal(0)
    expect(world.listeners).to.equal(0)
  })
})

describe('acting', () => {
  it('sends picks in order, so that the last tap is the last that the proxy hears', async () => {
    const world = new World()
    const { engine } = await follow(() => checkout(), { world })
    const first = gate<Response>()
    const heard: string[] = []
    world.handlers = [
      http.post(`${PROXY}/v1/checkouts/:id/payments`, async ({ request }) => {
        const { methodId } = (await request.json()) as { methodId: string }
        heard.push(methodId)
        const answer = { ...transferring(), payment: payment({ id: methodId, methodId }) }
        return methodId === 'A' ? first.promise : world.json(answer)
      }),
    ]
    const a = engine.start({ methodId: 'A' })
    await world.settle(1)
    const b = engine.start({ methodId: 'B' })
    const c = engine.start({ methodId: 'C' })
    await world.settle(1)
    expect(heard).to.deep.equal(['A'])
    first.resolve(world.json({ ...transferring(), payment: payment({ id: 'A', methodId: 'A' }) }))
    expect(await Promise.all([a, b, c])).to.deep.equal([false, false, true])
    expect(heard).to.deep.equal(['A', 'C'])
    expect(engine.state.checkout?.payment?.id).to.equal('C')
  })

  it('keeps the error of an action until the next step, although polls succeed', async () => {
    const { engine, world } = await follow(() => checkout())
    world.handlers.unshift(http.post(`${PROXY}/*`, () => problem('provider_unavailable', 503)))
    expect(await engine.start({ methodId: 'A' })).to.equal(false)
    await world.pass(10_000)
    expect(engine.state.error?.code).to.equal('provider_unavailable')
    world.handlers.shift()
    await engine.start({ methodId: 'B' })
    expect(engine.state.error).to.equal(null)
  })

  it('goes on with what an expired token began', async () => {
    const world = new World()
    world.answers(() => transferring())
    const body = { orderToken: 'x.y.z' }
    const { engine } = await follow(
      () => {
        const isCreate = world.requests.at(-1) === 'POST /v1/checkouts'
        return isCreate ? problem('invalid_order_token', 401) : transferring()
      },
      { world, order: { body } },
    )
    expect(world.requests).to.deep.equal(['POST /v1/checkouts', GET])
    expect(engine.state.checkout?.payment?.id).to.equal('p1')
  })
})

describe('the clock', () => {
  it('is the server time, whatever the shopper clock says', async () => {
    const world = new World()
    world.wallOffset = 9_999_999_999
    const { engine } = await follow(() => transferring(), { world })
    expect(engine.now()).to.equal(world.serverTime())
    world.jump(60_000)
    expect(engine.now()).to.equal(world.serverTime())
  })

  it('goes by the Date header after a 304, whose body is old', async () => {
    const headers = { date: 'Mon, 02 Mar 2026 10:07:00 GMT' }
    const { engine } = await follow(() => HttpResponse.json(transferring(), { headers }))
    expect(engine.now()).to.equal(Date.parse(headers.date))
  })
})

describe('many tabs', () => {
  it('ask about as often as one, and all of them learn the news', async () => {
    const browser = newBrowser()
    let state = transferring()
    let asked = 0
    const tabs: Run[] = []
    for (let i = 0; i < 5; i++) {
      const world = new World(browser)
      tabs.push(await follow(() => (asked++, state), { world }))
    }
    asked = 0
    for (let second = 0; second < 30; second++) for (const { world } of tabs) await world.pass(1000)
    // five tabs on their own would ask 50 times
    expect(asked).to.be.within(8, 15)
    state = paid
    for (let second = 0; second < 4; second++) for (const { world } of tabs) await world.pass(1000)
    for (const { engine, changes } of tabs) {
      expect(engine.state.checkout?.status).to.equal('paid')
      expect(changes.filter((change) => change === 'paid')).to.have.length(1)
    }
  })

  it('an older answer of another tab changes nothing', async () => {
    const browser = newBrowser()
    const { engine, world } = await follow(() => processing, { world: new World(browser) })
    const channel = new World(browser).openChannel(`cc:${ID}`, () => {})
    const tell = channel.postMessage.bind(channel)
    const old = { ...processing, status: 'review', payment: null } as Checkout
    tell({ checkout: old, asOf: world.serverTime() - 60_000 })
    tell({ checkout: 'nonsense', asOf: Infinity })
    tell(null)
    await world.settle()
    expect(engine.state.checkout?.status).to.equal('processing')
  })
})

describe('changes', () => {
  it('are told once each', async () => {
    let state: Checkout = transferring()
    const { changes, world } = await follow(() => state)
    await world.pass(10_000)
    state = STATES['partial'] ?? state
    await world.pass(10_000)
    state = processing
    await world.pass(10_000)
    state = paid
    await world.pass(10_000)
    expect(changes).to.deep.equal(['state', 'state', 'partial', 'state', 'state', 'paid'])
  })

  it('what had ended before the page was opened is no news', async () => {
    const { changes } = await follow(() => STATES['expired'] ?? checkout())
    expect(changes).to.deep.equal(['state'])
  })

  it('each attempt ends once', async () => {
    let state: Checkout = transferring()
    const { changes, world } = await follow(() => state)
    for (const id of ['p1', 'p2']) {
      state = checkout({ payment: payment({ id, nextAction: transferAction() }) })
      await world.pass(4000)
      state = checkout({ payment: payment({ id, status: 'expired' }) })
      await world.pass(8000)
    }
    expect(changes.filter((change) => change === 'expired')).to.have.length(2)
  })

  it('late money after an expiry is told as paid', async () => {
    let state = STATES['expired'] ?? checkout()
    const { changes, world } = await follow(() => state)
    state = STATES['paid, late'] ?? state
    await world.pass(4000)
    expect(changes).to.deep.equal(['state', 'state', 'paid'])
  })
})

describe('addresses', () => {
  it('a bad checksum reaches nobody', async () => {
    const address = OTHER_TRON_ADDRESS.replace('7', '8')
    const { engine, states } = await follow(() => transferring({ address }))
    expect(engine.state.alarm).to.equal('address_invalid')
    expect(JSON.stringify(states)).not.to.contain(address)
  })

  it('a changed address is refused for good, also when it stays or changes back', async () => {
    let address = OTHER_TRON_ADDRESS
    const { engine } = await follow(() => transferring({ address }))
    expect(engine.state.alarm).to.equal(null)
    address = transferAction().address
    await engine.refresh()
    expect(engine.state.alarm).to.equal('address_changed')
    expect(engine.state.checkout?.payment?.nextAction).to.equal(null)
    await engine.refresh()
    expect(engine.state.alarm).to.equal('address_changed')
    address = OTHER_TRON_ADDRESS
    await engine.refresh()
    expect(engine.state.alarm).to.equal('address_changed')
  })

  it('what a newer proxy calls the next thing to do is refused where it is not known', async () => {
    const nextAction = { type: 'invoice', code: 'x' } as unknown as TransferAction
    const state = checkout({ payment: payment({ nextAction }) })
    const { engine, world } = await follow(() => state)
    expect(engine.state.alarm).to.equal('address_invalid')
    expect(engine.state.checkout?.payment?.nextAction).to.equal(null)
    await world.pass(4000)
    expect(world.requests, 'it goes on').to.have.length(2)
  })

  it('an address of another coin than the one picked is refused', async () => {
    const asset = { symbol: 'TRX', network: 'TRON', name: 'TRON' } as const
    const { engine } = await follow(() => transferring({ asset }))
    expect(engine.state.alarm).to.equal('address_invalid')
  })
})
