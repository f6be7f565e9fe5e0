/**
 * `proxy/vault.ts`: what is sealed is secret.
 * @module
 */
import * as real from '../../../proxy/vault.ts'
import { privateParts } from '../configured.ts'
import { declare } from '../recorder.ts'

// oxlint-disable-next-line import/export -- ours stands before theirs
export * from '../../../proxy/vault.ts'

export const createVault: typeof real.createVault = (secrets) => {
  const vault = real.createVault(secrets)
  return {
    ...vault,
    seal(data) {
      const { orderSecret, jwk } = data
      const owner = 'lincoln'
      // It stands in the address of the payment page.
      if (orderSecret)
        declare({ value: orderSecret, name: 'page secret', owner, audience: 'shopper' })
      for (const value of privateParts(jwk ?? '')) {
        declare({ value, name: 'receipt key', owner: 'proxy', audience: 'nobody' })
      }
      return vault.seal(data)
    },
  }
}
