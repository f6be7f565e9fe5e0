/**
 * Flows whose shopper sees nothing: each is one of `test/e2e`, and has a transcript.
 * @module
 */
import type { CartLine } from '../../demo/orders.ts'
import type { FlowOptions, Flows } from '../e2e/harness.ts'
import { listen } from './hearing.ts'
import { openTranscript } from './transcript.ts'
import type { Listener } from './transcript.ts'

/** Declares a flow. It begins where the shopper can choose, with the focus nowhere. */
export type Heard = (
  name: string,
  transcript: string,
  cart: readonly CartLine[],
  body: (by: Listener, orderId: string) => Promise<void>,
  options?: FlowOptions,
) => void

/** For the flows of one file. */
export function createHeard({ world, flow }: Flows): Heard {
  return (name, transcript, cart, body, options = {}) =>
    flow(
      name,
      async ({ page, context, open, sees }) => {
        const { orderId, checkoutUrl } = await world.place(cart)
        await context.grantPermissions(['clipboard-read', 'clipboard-write'])
        await listen(context)
        await open(checkoutUrl)
        await sees('How would you like to pay?')
        const by = openTranscript(page)
        await body(by, orderId)
        by.compare(transcript)
      },
      options,
    )
}
