/**
 * Two proxies on one PostgreSQL, killed in turn: G1 and G3 in small, before a front that sends requests
 * to whichever is up.
 * @module
 */
import type { Goal, Scale } from '../goal.ts'
import { startWorld } from '../world.ts'
import { notifyUnderFire } from './g1.ts'
import type { NotifySize } from './g1.ts'
import { createUnderFire } from './g3.ts'
import type { CreateSize } from './g3.ts'

const SIZES: Readonly<Record<Scale, { notify: NotifySize; create: CreateSize }>> = {
  short: {
    notify: {
      payments: { lipaykripto: 40, paycrypto: 40, lincoln: 5, redoya: 5, cryptom: 5 },
      everyMs: 500,
      perSecond: 30,
    },
    create: { orders: 40, everyMs: 500, stepMs: 25 * 60 * 60_000 },
  },
  long: {
    notify: {
      payments: { lipaykripto: 1000, paycrypto: 1000, lincoln: 100, redoya: 100, cryptom: 100 },
      everyMs: 1000,
      perSecond: 200,
    },
    create: { orders: 400, everyMs: 1000, stepMs: 60 * 60_000 },
  },
}

export const two: Goal = {
  title: 'Two proxies on one PostgreSQL, killed in turn',
  async run({ scale }) {
    const world = await startWorld({ proxies: 2 })
    try {
      const notified = await notifyUnderFire(world, SIZES[scale].notify)
      const created = await createUnderFire(world, SIZES[scale].create)
      return {
        rows: [
          ...notified.rows.map(([what, figure]) => [`G1 ${what}`, figure] as const),
          ...created.rows.map(([what, figure]) => [`G3 ${what}`, figure] as const),
        ],
        violations: [...notified.violations, ...created.violations],
      }
    } finally {
      await world.close()
    }
  },
}
