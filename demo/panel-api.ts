/**
 * What the sandbox's panel needs beside the sandbox itself. Demo tooling: a real shop has none of it.
 * @module
 */
import { Hono } from 'hono'

export interface PanelApiOptions {
  readonly merchantUrl: string
  readonly merchantKey: string
  readonly killProxy?: () => Promise<void>
}

/** A payment of an order, as the panel finds it again at the sandbox. */
export interface PanelPayment {
  readonly id: string
  readonly ref: string | null
}

/** Mounted at `/demo`. */
export function createPanelApi({ merchantUrl, merchantKey, killProxy }: PanelApiOptions): Hono {
  const api = new Hono()

  const ask = async <T>(path: string): Promise<T | undefined> => {
    const headers = { authorization: `Bearer ${merchantKey}` }
    const answer = await fetch(`${merchantUrl}/v1/merchant/checkouts${path}`, { headers }).catch(
      () => undefined,
    )
    return answer?.ok ? ((await answer.json()) as T) : undefined
  }

  /** All attempts of an order, also those that the shopper gave up: late money is worth playing. */
  api.get('/payments', async (c) => {
    const orderId = c.req.query('orderId') ?? ''
    const list = await ask<{ checkouts: { id: string }[] }>(
      `?orderId=${encodeURIComponent(orderId)}`,
    )
    const details = await Promise.all(
      (list?.checkouts ?? []).map(({ id }) => ask<{ payments: PanelPayment[] }>(`/${id}`)),
    )
    const payments = details.flatMap((detail) => detail?.payments ?? [])
    return c.json({ payments: payments.map(({ id, ref }) => ({ id, ref })) })
  })

  api.get('/abilities', (c) => c.json({ canKillProxy: killProxy !== undefined }))

  api.post('/kill-proxy', async (c) => {
    if (!killProxy || c.req.header('content-type') !== 'application/json') return c.body(null, 404)
    await killProxy()
    return c.body(null, 204)
  })
  return api
}
