/**
 * `RECEIPT_KEY`: whether its halves belong together, and who can tell its keys apart.
 * @module
 */
import { CompactSign, compactVerify, importJWK } from 'jose'
import type { JWK } from 'jose'
import type { Finding } from './finding.ts'
import { receiptKeys } from '../../proxy/option-schemas.ts'
import type { Subject } from './subject.ts'

const ABOUT = 'RECEIPT_KEY'
const MAKE = 'Make one: crypto-checkout keys RECEIPT_KEY'

export async function checkReceiptKeys({ variables }: Subject): Promise<readonly Finding[]> {
  const text = variables[ABOUT]
  const read = text === undefined ? undefined : receiptKeys.safeParse(text)
  // None: the proxy makes one. Unreadable: the configuration says so.
  if (!read?.success) return []
  const keys = read.data as readonly JWK[]
  const broken = (await Promise.all(keys.map(verifiesItself))).filter((isWhole) => !isWhole)
  const ids = keys.flatMap(({ kid }) => kid ?? [])
  return [
    ...broken.map((): Finding => ({
      severity: 'error',
      code: 'broken-receipt-key',
      about: ABOUT,
      what: 'its public half is not that of its private half',
      why: 'No receipt could ever be verified, and shops that check them ship nothing.',
      fix: MAKE,
    })),
    ...(new Set(ids).size < ids.length
      ? [
          {
            severity: 'error' as const,
            code: 'same-kid',
            about: ABOUT,
            what: 'two keys have one kid',
            why: 'Whoever verifies a receipt takes the wrong one, and refuses it.',
            fix: 'Give each key a kid of its own, or none at all.',
          },
        ]
      : []),
  ]
}

async function verifiesItself(key: JWK): Promise<boolean> {
  const alg = key.kty === 'OKP' ? 'EdDSA' : 'ES256'
  const { d: _private, key_ops: _operations, ...open } = key
  try {
    const own = await importJWK({ ...open, d: key.d ?? '' }, alg)
    const signed = await new CompactSign(new Uint8Array(8)).setProtectedHeader({ alg }).sign(own)
    await compactVerify(signed, await importJWK(open, alg), { algorithms: [alg] })
    return true
  } catch {
    return false
  }
}
