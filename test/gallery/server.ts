/**
 * The shop for its gallery alone, whose scenes need nothing behind it.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { createClock } from '../../demo/clock.ts'
import { createPorts } from '../../demo/ports.ts'
import { startShop } from '../../demo/shop-server.ts'

const NOBODY = 'http://localhost:1'

export async function startGallery(): ReturnType<typeof startShop> {
  const secret = (): string => randomBytes(32).toString('base64url')
  return startShop({
    port: await createPorts().find(0),
    proxyUrl: NOBODY,
    merchantUrl: NOBODY,
    sandboxUrl: NOBODY,
    clock: createClock(),
    orderSecret: secret(),
    merchantKey: secret(),
    webhookSecret: `whsec_${randomBytes(32).toString('base64')}`,
  })
}
