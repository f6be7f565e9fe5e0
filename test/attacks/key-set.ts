/**
 * The merchant's own keys, published as a set: for order tokens that are signed with a private key.
 * @module
 */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, exportSPKI, generateKeyPair } from 'jose'
import type { CryptoKey, JWK } from 'jose'

type Json = Readonly<Record<string, unknown>>

export interface KeySet {
  /** Where the public half is. */
  readonly url: string
  /** What everybody can read of it. */
  readonly publicKey: { readonly jwk: JWK; readonly pem: string }
  /** As the merchant signs. */
  sign(claims: Json): Promise<string>
  /** As an attacker signs, with a key of his own. */
  forge(claims: Json, header: Json): Promise<string>
  close(): void
}

const KID = 'orders-1'

export async function startKeySet(): Promise<KeySet> {
  const genuine = await generateKeyPair('ES256', { extractable: true })
  const own = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(genuine.publicKey)), kid: KID, alg: 'ES256', use: 'sig' }
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys: [jwk] }))
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const sign = (claims: Json, header: Json, key: CryptoKey): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'cc-order+jwt', kid: KID, ...header })
      .sign(key)
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/keys`,
    publicKey: { jwk, pem: await exportSPKI(genuine.publicKey) },
    sign: (claims) => sign(claims, {}, genuine.privateKey),
    forge: (claims, header) => sign(claims, header, own.privateKey),
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
