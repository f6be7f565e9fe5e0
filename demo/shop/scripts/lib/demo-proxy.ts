/**
 * The proxy behind the demo, which may be killed there. A real shop has nothing like it.
 * @module
 */

/** Whether this demo has a proxy of its own. */
export async function canKillProxy(): Promise<boolean> {
  const answer = await fetch('/demo/abilities').catch(() => undefined)
  const abilities = (await answer?.json().catch(() => undefined)) as
    { canKillProxy: boolean } | undefined
  return abilities?.canKillProxy === true
}

/** It is started again at once, by whoever started it. */
export async function killProxy(): Promise<void> {
  const headers = { 'content-type': 'application/json' }
  await fetch('/demo/kill-proxy', { method: 'POST', headers })
}
