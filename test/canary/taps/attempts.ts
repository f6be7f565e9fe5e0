/**
 * `proxy/attempts.ts`: the addresses of a payment are rights by themselves, and its secret signs.
 * @module
 */
import * as real from '../../../proxy/attempts.ts'
import { declare } from '../recorder.ts'

// oxlint-disable-next-line import/export -- ours stands before theirs
export * from '../../../proxy/attempts.ts'

export const newIntent: typeof real.newIntent = async (input, services) => {
  const made = await real.newIntent(input, services)
  const { returnToken, webhookToken, secret } = made.tokens
  const owner = input.provider.id
  declare({ value: webhookToken, name: 'webhook address', owner, audience: 'owner' })
  declare({ value: secret, name: 'order secret', owner, audience: 'owner' })
  declare({ value: returnToken, name: 'return address', owner, audience: 'shopper' })
  return made
}
