/**
 * The playground: settings, the element, what can happen to a payment, the code, and a log.
 * @module
 */
import { render } from 'lit'
import type { PaymentStatus } from '../../../protocol/status.ts'
import { canKillProxy, killProxy } from './lib/demo-proxy.ts'
import { byId } from './lib/dom.ts'
import { createClient } from './panel/client.ts'
import { startPanel } from './panel/panel.ts'
import { below } from './playground/below-view.ts'
import { readChoice, writeChoice } from './playground/choice.ts'
import type { Choice } from './playground/choice.ts'
import { drawer } from './playground/drawer-view.ts'
import { embeddingOf } from './playground/embedding.ts'
import { createJournal, noteCalls, noteEvents } from './playground/journal.ts'
import { createPlayer } from './playground/scenarios/player.ts'
import type { Performance } from './playground/scenarios/player.ts'
import { settings } from './playground/settings-view.ts'
import { createStage } from './playground/stage.ts'
import { readAhead, letTimePass } from './playground/time.ts'
import { followWire } from './playground/wire.ts'

const { proxy = '', merchant = '', sandbox = '' } = byId('playground').dataset
const query = new URLSearchParams(location.search)
const wanted = query.get('scenario') ?? ''

let choice = readChoice(query)
let way: readonly PaymentStatus[] = []
let performance: Performance | null = null
let view = {
  front: query.get('page') ?? '',
  back: query.get('backend') ?? '',
  line: '',
  copied: '',
}
let minutes = 20
let ahead = 0
let canKill = false
let isDrawing = false

const journal = createJournal(() => draw())
const ask = noteCalls(journal, proxy)
const stage = createStage(byId('stage'), proxy)
const play = createPlayer(
  {
    sandbox: createClient(sandbox),
    proxyUrl: proxy,
    ask,
    advance: pass,
    async renew({ id }) {
      way = []
      await stage.renew({ ...choice, source: 'token', provider: id })
      if (!stage.element) throw new Error('Another order was begun.')
      return stage.element
    },
  },
  (now) => {
    performance = now
    draw()
  },
)

noteEvents(journal)
startPanel()
document.addEventListener('cc-state', ({ detail: { status, previous } }) => {
  if (previous === null) way = [status]
  else if (status !== previous) way = [...way, status].slice(-12)
  draw()
})
draw()
void begin()

async function begin(): Promise<void> {
  const [isKillable, minutesAhead] = await Promise.all([
    canKillProxy(),
    readAhead(),
    followWire(journal, sandbox),
    show(),
  ])
  canKill = isKillable
  ahead = minutesAhead
  draw()
  if (wanted) byId(`scenario-${wanted}`).scrollIntoView({ block: 'nearest' })
}

function choose(next: Choice): void {
  choice = next
  keepInUrl()
  draw()
  void show()
}

async function show(): Promise<void> {
  try {
    await stage.show(choice)
  } catch (error) {
    byId('stage').textContent = error instanceof Error ? error.message : String(error)
  }
  draw()
}

async function pass(ms: number): Promise<void> {
  ahead = await letTimePass(ms)
  draw()
}

function setView(change: Partial<typeof view>): void {
  view = { ...view, ...change }
  keepInUrl()
  draw()
}

function keepInUrl(): void {
  const next = writeChoice(choice)
  if (view.front) next.set('page', view.front)
  if (view.back) next.set('backend', view.back)
  if (wanted) next.set('scenario', wanted)
  history.replaceState(history.state, '', next.size > 0 ? `?${next}` : location.pathname)
}

/** Once for all that changes in one turn. */
function draw(): void {
  if (isDrawing) return
  isDrawing = true
  queueMicrotask(() => {
    isDrawing = false
    drawNow()
  })
}

function drawNow(): void {
  render(settings(choice, choose), byId('settings'))
  const { provider } = choice
  const order = stage.order
  render(
    drawer(
      { way, performance, provider, wanted, ahead, minutes, canKill },
      {
        play: (scenario) => void play(scenario, choice.provider),
        setMinutes: (value) => {
          minutes = value
          draw()
        },
        pass: () => void pass(minutes * 60_000).then(() => stage.element?.refresh()),
        killProxy: () => void killProxy(),
      },
    ),
    byId('drawer'),
  )
  render(
    below(
      { ...view, entries: journal.entries, embedding: embeddingOf(choice, order, proxy, merchant) },
      {
        setFront: (front) => setView({ front, copied: '' }),
        setBack: (back) => setView({ back, copied: '' }),
        setLine: (line) => setView({ line }),
        copy: (copied, code) =>
          void navigator.clipboard.writeText(code).then(() => setView({ copied })),
        clear: () => journal.clear(),
      },
    ),
    byId('below'),
  )
}
