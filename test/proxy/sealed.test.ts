import assert from 'node:assert/strict'
import { hkdfSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { createVault } from '../../proxy/vault.ts'

const SECRET = 'vault-secret-0123456789-abcdefghijk'
const OLD = 'older-secret-0123456789-abcdefghijk'
const LABEL = 'crypto-checkout payment private data'

const keyOf = (secret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, '', LABEL, 32))

const encrypt = (key: Uint8Array, header: { alg: string; enc: string }): Promise<string> =>
  new CompactEncrypt(new TextEncoder().encode('{"a":"1"}')).setProtectedHeader(header).encrypt(key)

describe('what is sealed', () => {
  it('can be opened for as long as the secret lives: the key is derived in one way', async () => {
    const sealed = await createVault([SECRET]).seal({ a: '1' })
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, keyOf(SECRET))
    assert.equal(new TextDecoder().decode(plaintext), '{"a":"1"}')
    assert.deepEqual(protectedHeader, { alg: 'dir', enc: 'A256GCM' })
    const known = await encrypt(keyOf(SECRET), { alg: 'dir', enc: 'A256GCM' })
    assert.deepEqual(await createVault([SECRET]).open(known), { a: '1' })
  })

  it('is sealed with the first secret, and opened with any', async () => {
    const both = createVault([SECRET, OLD])
    assert.deepEqual(await createVault([SECRET]).open(await both.seal({ a: '1' })), { a: '1' })
    assert.deepEqual(await both.open(await createVault([OLD]).seal({ b: '2' })), { b: '2' })
    await assert.rejects(createVault([OLD]).open(await both.seal({ a: '1' })))
  })

  it('is not opened in another way, even with the key', async () => {
    const wrapped = await encrypt(keyOf(SECRET), { alg: 'A256KW', enc: 'A256GCM' })
    await assert.rejects(createVault([SECRET]).open(wrapped), { code: 'ERR_JOSE_ALG_NOT_ALLOWED' })
    const shorter = await encrypt(keyOf(SECRET), { alg: 'dir', enc: 'A128CBC-HS256' })
    await assert.rejects(createVault([SECRET]).open(shorter), { code: 'ERR_JOSE_ALG_NOT_ALLOWED' })
    await assert.rejects(createVault([SECRET, OLD]).open('x'), { code: 'ERR_JWE_INVALID' })
  })

  it('needs a key', async () => {
    const none = createVault([])
    await assert.rejects(none.seal({}), { name: 'RangeError', message: 'no key to seal with' })
    await assert.rejects(none.open('x'), { name: 'RangeError', message: 'no key to open with' })
  })
})
