/**
 * What a page remembers of its order.
 * @module
 */
import { expect } from 'chai'
import { createMemory } from '../../../widget/core/memory.ts'
import { World, newBrowser } from '../world.ts'

const memoryOf = (world: World) => createMemory(world, 'https://pay.example', 'mug:1')

describe('memory', () => {
  it('keeps one random order id, also for other tabs and after a reload', () => {
    const browser = newBrowser()
    const first = memoryOf(new World(browser))
    const { orderId } = first.read()
    expect(orderId).to.match(/^[0-9a-f]{32}$/)
    first.write({})
    expect(memoryOf(new World(browser)).read().orderId).to.equal(orderId)
  })

  it('knows nothing of other orders', () => {
    const world = new World()
    const first = memoryOf(world)
    first.write({})
    const other = createMemory(world, 'https://pay.example', 'mug:2')
    expect(other.read().orderId).not.to.equal(first.read().orderId)
  })

  it('begins a new order some time after the last one was settled', async () => {
    const world = new World()
    const first = memoryOf(world)
    first.write({}, true)
    world.jump(600_000)
    expect(memoryOf(world).read().orderId).to.equal(first.read().orderId)
    world.jump(600_000)
    expect(memoryOf(world).read().orderId).not.to.equal(first.read().orderId)
  })

  it('lasts as long as the page where storage throws', () => {
    const world = new World()
    world.storageThrows = true
    const memory = memoryOf(world)
    memory.write({ checkoutId: 'c1' })
    expect(memory.read().checkoutId).to.equal('c1')
    memory.forget()
    expect(memory.read().checkoutId).to.equal(null)
  })

  it('is not confused by what others left in storage', () => {
    const world = new World()
    for (const rubbish of ['', '{', 'null', '[]', '{"until":9e99}']) {
      world.browser.storage.set('cc:https://pay.example:mug:1', rubbish)
      expect(memoryOf(world).read().orderId).to.match(/^[0-9a-f]{32}$/)
    }
  })
})
