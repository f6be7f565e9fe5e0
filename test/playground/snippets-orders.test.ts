/**
 * The order that the code for servers signs or sends is the one that was configured, and whatever was configured
 * stays text.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { BACK_ENDS } from '../../demo/shop/scripts/playground/snippets/index.ts'
import type { Embedding } from '../../demo/shop/scripts/playground/snippets/index.ts'
import { everywhere, hostile, least, most, PIECES } from './snippets/embeddings.ts'
import { withoutCommand } from './snippets/machine.ts'
import { openNode, openPhp, openPython, openShell } from './snippets/read-back-ends.ts'
import type { BackEnd } from './snippets/read-back-ends.ts'

const ALL: Readonly<Record<string, { open(): BackEnd; readonly needs?: string; isShell?: true }>> =
  {
    node: { open: openNode },
    php: { open: openPhp, needs: 'php' },
    python: { open: openPython, needs: 'python3' },
    curl: { open: openShell, needs: 'sh', isShell: true },
  }

/** A shell has no way to write them all; a URL has. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

describe('the order that a server places', () => {
  for (const { id, title, code } of BACK_ENDS) {
    const { open, needs, isShell } = ALL[id] ?? assert.fail(id)
    const skip = needs === undefined || needs === 'sh' ? false : withoutCommand(needs)

    describe(title, { skip }, () => {
      let backEnd: BackEnd
      before(() => {
        backEnd = open()
      })
      after(() => backEnd.close())

      const places = async (embedding: Embedding): Promise<void> => {
        const placed = await backEnd.place(code(embedding), embedding.source)
        const { order, methods, merchantUrl, source } = embedding
        const { description, ...rest } = order
        assert.deepEqual(placed.order, {
          ...rest,
          ...(description && { description }),
          ...(methods.length > 0 && { methods }),
        })
        const url = `${merchantUrl.replace(/\/+$/, '')}/v1/merchant/checkouts`
        const inShell = isShell ? url.replace(HIDDEN, encodeURIComponent) : url
        assert.equal(placed.url, source === 'token' ? null : inShell)
      }

      it('is the one that was configured', async () => {
        for (const source of ['token', 'checkout'] as const) {
          await places(least(source))
          await places(most(source))
        }
      })

      it('stays text', async () => {
        for (const piece of PIECES) await places(everywhere(piece))
        const sources = fc.constantFrom('token', 'checkout')
        const property = fc.asyncProperty(hostile, sources, (embedding, source) =>
          places({ ...embedding, source }),
        )
        await fc.assert(property, { numRuns: 60 })
      })
    })
  }
})
