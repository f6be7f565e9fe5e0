import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createVault } from '../../proxy/vault.ts'

const OLD = 'old-proxy-secret-0123456789-abcdefgh'
const NEW = 'new-proxy-secret-0123456789-abcdefgh'

describe('the vault', () => {
  it('gives back what it sealed, and shows nothing of it', async () => {
    const vault = createVault([OLD])
    const sealed = await vault.seal({ orderSecret: 'canary-in-the-vault' })
    assert.ok(!Buffer.from(sealed, 'base64url').toString('latin1').includes('canary'))
    assert.deepEqual(await vault.open(sealed), { orderSecret: 'canary-in-the-vault' })
    assert.notEqual(await vault.seal({ orderSecret: 'canary-in-the-vault' }), sealed)
  })

  it('opens with the old key while it is being replaced, and not afterwards', async () => {
    const sealed = await createVault([OLD]).seal({ a: '1' })
    assert.deepEqual(await createVault([NEW, OLD]).open(sealed), { a: '1' })
    await assert.rejects(createVault([NEW]).open(sealed))
  })

  it('opens nothing that was changed', async () => {
    const vault = createVault([OLD])
    const sealed = await vault.seal({ a: '1' })
    const parts = sealed.split('.')
    for (const index of [0, 2, 3, 4]) {
      const text = parts[index] ?? ''
      const changed = parts.with(
        index,
        text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`,
      )
      await assert.rejects(vault.open(changed.join('.')))
    }
  })
})
