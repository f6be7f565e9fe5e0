/**
 * What the demo says when it is ready.
 * @module
 */
import type { ProxyChange } from './proxy-process.ts'
import type { Stack } from './stack.ts'

/** Bold where a terminal shows it. */
export const bold = (text: string): string =>
  process.stdout.isTTY && !process.env['NO_COLOR'] ? `\u001B[1m${text}\u001B[22m` : text

export function banner({
  shopUrl,
  proxyUrl,
  merchantUrl,
  sandboxUrls,
  secretsFile,
  proxy,
}: Stack): string {
  return `
  ${bold('crypto-checkout')} demo

  Shop      ${bold(shopUrl)}
  Play      ${bold(`${shopUrl}/playground`)}   (configure the element, play every scenario, copy the code)
  Sandbox   ${shopUrl}/sandbox   (plays the payment companies; control API ${sandboxUrls.control})
  Console   ${bold(`${merchantUrl}/console/`)}   (the merchant's; its key: merchantKey in ${secretsFile})
  Proxy     ${proxyUrl}   (pid ${proxy.pid})

  To try
    1. Put the Harbour Blend in the cart, check out, choose Tether on TRON. Then, in the panel
       "Play the payer": pay a part, pay the rest. Or cancel, or let it time out.
    2. Choose Card: it leads to the payment page and back. Card takes whole liras from 3 to 1000,
       so it is not offered for one Lamp Mug (₺245.50).
    3. Kill the proxy in the middle of a payment: kill -9 ${proxy.pid}. It is started again after
       a second, and the payment goes on.
    4. Choose "TRX, USDT, ETH" (LiPayKripto), Tether "on the payment page" (PayCrypto) or, from about
       ₺420 on, Tether that "asks for details first" (Lincoln). In the panel, lose or forge the next
       notification: the payment is found all the same.
    5. Other ways to embed: ${shopUrl}/embed/product and ${shopUrl}/embed/unsigned

  Stop with Ctrl+C.
`
}

/** One line about the proxy's end and its new beginning. */
export function proxyLine(change: ProxyChange): string {
  if (change.kind === 'back') return `  The proxy is back (pid ${change.pid}) and goes on.`
  if (change.kind === 'failed') return `  The proxy does not start: ${change.why}`
  return `  The proxy ended (${change.how}). Starting it again in a second …`
}
