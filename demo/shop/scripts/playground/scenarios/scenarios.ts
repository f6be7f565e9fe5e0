/**
 * Everything that can happen to a payment, one entry each; a new one needs nothing else.
 * @module
 */
import type { Fault } from '../../panel/client.ts'
import { COMPANIES } from './companies.ts'
import type { Act, Company } from './companies.ts'
import type { Scenario } from './scenario.ts'

const those = (test: (company: Company) => boolean): readonly string[] =>
  COMPANIES.filter(test).map(({ id }) => id)
const whoCan = (act: Act): readonly string[] => those(({ acts }) => act in acts)

const everybody = those(() => true)
const notifiers = those(({ notifies }) => notifies)
const creators = those(({ create }) => create !== null)
const PAID = { status: 'paid' } as const

type Play = Scenario['play']

/** On a new order that the shopper has begun to pay. */
const begun =
  (then: Play): Play =>
  async (tools) => {
    await tools.order()
    await tools.begin()
    await then(tools)
  }

const pay = begun((tools) => tools.act('pay'))

/** The company's next notification meets this, and the payment is found all the same. */
const notified = (kind: string): Play =>
  begun(async (tools) => {
    await tools.notify(kind)
    await tools.act('pay')
  })

/** The first try to begin meets this. */
const troubled =
  (kind: string, more?: Pick<Fault, 'retryAfter'>): Play =>
  async (tools) => {
    await tools.order()
    await tools.fault(kind, more)
    await tools.beginUntilItWorks()
    await tools.act('pay')
  }

export const SCENARIOS: readonly Scenario[] = [
  {
    id: 'pay',
    title: 'Pay',
    about: 'The whole amount arrives, and the company says so.',
    companies: everybody,
    ends: PAID,
    play: pay,
  },
  {
    id: 'top-up',
    title: 'Underpay, then top up',
    about: 'Half of it arrives. The shopper is shown what is missing, and sends it.',
    companies: ['cryptom'],
    ends: PAID,
    play: begun(async (tools) => {
      await tools.act('part')
      await tools.partial()
      await tools.act('pay')
    }),
  },
  {
    id: 'overpay',
    title: 'Overpay',
    about: 'More arrives than asked for: it is paid, and the shop is told of the rest.',
    companies: whoCan('over'),
    ends: { status: 'paid', reason: 'overpaid' },
    play: begun((tools) => tools.act('over')),
  },
  {
    id: 'late',
    title: 'Pay late',
    about: 'The time runs out, and the money arrives after that: it is not lost.',
    companies: whoCan('expire'),
    ends: { status: 'paid', reason: 'late' },
    play: begun(async (tools) => {
      await tools.act('expire')
      await tools.payment('expired')
      await tools.act('pay')
    }),
  },
  {
    id: 'fail',
    title: 'Fail',
    about: 'The company says that the payment failed. The order can be paid another way.',
    companies: whoCan('fail'),
    ends: { status: 'pending', payment: 'failed' },
    play: begun((tools) => tools.act('fail')),
  },
  {
    id: 'expire',
    title: 'Expire',
    about: 'Nobody pays, and the time passes. The order can be paid at a new price.',
    companies: everybody,
    ends: { status: 'pending', payment: 'expired' },
    play: begun(async (tools) => {
      await tools.pass(90)
      if (tools.company.acts.expire) await tools.act('expire')
    }),
  },
  {
    id: 'cancel',
    title: 'Cancel',
    about: 'The shopper cancels. Where the company can be told, it is; the order stays open.',
    companies: creators,
    ends: { status: 'pending', payment: 'canceled' },
    play: begun((tools) => tools.cancel()),
  },
  {
    id: 'too-many',
    title: 'Too many requests',
    about: 'The company answers 429 once. The shopper is told, and the second try works.',
    companies: creators,
    ends: PAID,
    play: troubled('status-429', { retryAfter: '1' }),
  },
  {
    id: 'create-500',
    title: 'Error at the start',
    about: 'The company answers 500 when a payment is made. Nothing is charged, and nothing twice.',
    companies: creators,
    ends: PAID,
    play: troubled('status-500'),
  },
  {
    id: 'create-hang',
    title: 'Silence at the start',
    about: 'The company never answers. The proxy gives up in time, and the shopper goes on.',
    companies: creators,
    ends: PAID,
    play: troubled('hang'),
  },
  {
    id: 'webhook-lost',
    title: 'Notification lost',
    about: 'The notification never comes. The proxy asks, and finds the payment.',
    companies: notifiers,
    ends: PAID,
    play: notified('lose'),
  },
  {
    id: 'webhook-doubled',
    title: 'Notification doubled',
    about: 'It comes twice at once, and counts once.',
    companies: notifiers,
    ends: PAID,
    play: notified('double'),
  },
  {
    id: 'webhook-reordered',
    title: 'Notifications out of order',
    about: 'The older one comes last, and takes nothing back.',
    companies: whoCan('first'),
    ends: PAID,
    play: begun(async (tools) => {
      await tools.notify('reorder')
      await tools.act('first')
      await tools.act('pay')
    }),
  },
  {
    id: 'webhook-forged',
    title: 'Notification forged',
    about: 'A stranger says that it is paid. Nobody believes him; the true one counts.',
    companies: notifiers,
    ends: PAID,
    play: notified('forge'),
  },
  {
    id: 'webhook-delayed',
    title: 'Notification delayed',
    about: 'It comes ten seconds late. Whoever asks first knows before.',
    companies: notifiers,
    ends: PAID,
    play: notified('delay'),
  },
  {
    id: 'return-forged',
    title: 'Return forged',
    about: 'A browser comes back with an invented order number. It is worth nothing.',
    companies: ['redoya'],
    ends: PAID,
    play: begun(async (tools) => {
      const number = await tools.payOnPage()
      await tools.comeBack('ABCDEFGH12345678')
      await tools.comeBack(number)
    }),
  },
  {
    id: 'order-replayed',
    title: 'Order number replayed',
    about: 'A paid order’s number is used for a second order. A person has to look at it.',
    companies: ['redoya'],
    ends: { status: 'review', reason: 'conflict' },
    play: begun(async (tools) => {
      const number = await tools.payOnPage()
      await tools.comeBack(number)
      await tools.payment('paid')
      await tools.order()
      await tools.begin()
      await tools.comeBack(number)
    }),
  },
  {
    id: 'clock-skew',
    title: 'Clocks that disagree',
    about:
      'The companies’ clocks are four minutes ahead of the proxy’s. Money arrives all the same.',
    companies: creators,
    ends: PAID,
    async play(tools) {
      await tools.skew(4)
      await pay(tools)
    },
  },
  {
    id: 'clock-skew-card',
    title: 'Clocks that disagree, by card',
    about: 'A card order’s time says whose it is: minutes off, and a person has to look at it.',
    companies: ['redoya'],
    ends: { status: 'review', reason: 'conflict' },
    async play(tools) {
      await tools.skew(4)
      await pay(tools)
    },
  },
]
