/**
 * A merchant's server on a socket, for tests.
 * @module
 */
import { serve } from '@hono/node-server'

type Answer = (request: Request) => Promise<Response>

/** `url` is where the proxy notifies. */
export function startReceiver(answer: Answer): Promise<{ url: string; close(): void }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: answer, port: 0 }, ({ port }) =>
      resolve({
        url: `http://localhost:${port}/webhooks/checkout`,
        close: () => void server.close(),
      }),
    )
  })
}
