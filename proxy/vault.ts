/**
 * What a payment needs to remember and nobody may read: encrypted before it is stored.
 * Compact JWE, `dir` with A256GCM; the key comes from `PROXY_SECRET` by HKDF.
 * @module
 */
import { hkdfSync } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'

/** Small texts by name. */
export type PrivateData = Readonly<Record<string, string>>

export interface Vault {
  seal(data: PrivateData): Promise<string>
  /** Throws where none of the keys opens it. */
  open(sealed: string): Promise<PrivateData>
}

/** The first secret seals; all of them open, so that one can be replaced. */
export function createVault(secrets: readonly string[]): Vault {
  const keys = secrets.map((secret) => deriveKey(secret, 'payment private data'))
  return {
    async seal(data) {
      const [key] = keys
      if (!key) throw new RangeError('no key to seal with')
      return new CompactEncrypt(new TextEncoder().encode(JSON.stringify(data)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key)
    },
    async open(sealed) {
      for (const [index, key] of keys.entries()) {
        try {
          const { plaintext } = await compactDecrypt(sealed, key, {
            keyManagementAlgorithms: ['dir'],
            contentEncryptionAlgorithms: ['A256GCM'],
          })
          return JSON.parse(new TextDecoder().decode(plaintext)) as PrivateData
        } catch (error) {
          if (index === keys.length - 1) throw error
        }
      }
      throw new RangeError('no key to open with')
    },
  }
}

/** 32 bytes for one purpose. */
function deriveKey(secret: string, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', `crypto-checkout ${purpose}`, 32))
}
