/**
 * The hosted page: `/c/<checkout>`, a link that a merchant can send to a shopper. Whoever has the link may
 * pay; nobody needs JavaScript to pay on a provider's page.
 * @module
 */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import qrcode from 'qrcode'
import type { StartPaymentBody } from '../../protocol/api.ts'
import { readText } from '../body.ts'
import type { Checkouts } from '../checkouts.ts'
import { ProxyError } from '../errors.ts'
import { explicitVerbs, reply } from '../guard.ts'
import type { ProxyContext, ProxyEnv } from '../guard.ts'
import { isCheckoutId } from '../ids.ts'
import { chooseLanguage } from '../language.ts'
import type { Limits } from '../limits.ts'
import type { Payments } from '../payments.ts'
import { parse, startPaymentSchema } from '../schemas.ts'
import type { Store } from '../store.ts'
import { renderCheckout } from '../view.ts'
import { hostedPage } from './markup.ts'
import type { ShownCheckout } from './markup.ts'
import { HOSTED_STYLE } from './style.ts'

export interface HostedPageParts {
  readonly publicUrl: string
  readonly checkouts: Checkouts
  readonly payments: Payments
  readonly store: Pick<Store, 'read'>
  readonly limits: Pick<Limits, 'byAddress' | 'byCheckout'>
  /** The widget's script, as it is served. */
  readonly script: string
  /** What the merchant calls himself. */
  readonly name: string | undefined
  /** The merchant's style sheet, after ours. */
  readonly styles: string | undefined
}

const MAX_FORM_BYTES = 32 * 1024
const CSS = { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'public, max-age=300' }

/** Mounted at the root. The style sheets lie beside `/c`, or Hono would have to leave its fast router. */
export function createHostedPage(parts: HostedPageParts): Hono<ProxyEnv> {
  const { publicUrl, checkouts, payments, store, limits, script, name, styles } = parts
  const { origin } = new URL(publicUrl)
  const integrity = `sha384-${createHash('sha384').update(script).digest('base64')}`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    // a form under `no-referrer` would name no origin
    'referrer-policy': 'same-origin',
    'content-security-policy': policyFor(origin),
  }
  const page = new Hono<ProxyEnv>()

  page.get('/hosted/page.css', (c) => reply(c, HOSTED_STYLE, 200, CSS))
  if (styles !== undefined) page.get('/hosted/merchant.css', (c) => reply(c, styles, 200, CSS))
  page.get('/c/:id', explicitVerbs, limits.byAddress, async (c) => show(c, 200))
  page.post('/c/:id', limits.byAddress, limits.byCheckout, async (c) => {
    // only our own page may start a payment by a form
    if (c.req.header('origin') !== origin) throw new ProxyError('forbidden_origin')
    const id = idOf(c)
    try {
      await payments.start(id, { ...(await readForm(c)), returnUrl: `${publicUrl}/c/${id}` })
    } catch (error) {
      if (error instanceof ProxyError && error.code !== 'not_found') return show(c, 422)
      throw error
    }
    const { nextAction } = (await read(id))?.checkout.payment ?? {}
    const location = nextAction?.type === 'redirect' ? nextAction.url : `${publicUrl}/c/${id}`
    return reply(c, null, 303, { ...headers, location })
  })
  return page

  async function show(c: ProxyContext, status: number): Promise<Response> {
    const id = idOf(c)
    const found = id === '' ? null : await read(id)
    const language = chooseLanguage(c.req.header('accept-language'), found?.locale ?? null)
    const shown = found && { ...found, code: await codeOf(id), hasFailed: status !== 200 }
    const hasStyles = styles !== undefined
    const text = await hostedPage({ language, publicUrl, name, hasStyles, integrity, shown })
    return reply(c, String(text), found ? status : 404, { ...headers, vary: 'accept-language' })
  }

  async function read(
    id: string,
  ): Promise<(Pick<ShownCheckout, 'checkout' | 'urls'> & { locale: string | null }) | null> {
    const isThere = await checkouts.read(id)
    const aggregate = isThere && (await store.read(id))
    if (!aggregate) return null
    const { urls, locale } = aggregate.checkout
    return { checkout: renderCheckout(aggregate), urls, locale }
  }

  function codeOf(id: string): Promise<string> {
    return qrcode.toString(`${publicUrl}/c/${id}`, { type: 'svg', errorCorrectionLevel: 'M' })
  }
}

/** Empty where it cannot be one: nothing else is looked up. */
function idOf(c: ProxyContext): string {
  const id = c.req.param('id') ?? ''
  return isCheckoutId(id) ? id : ''
}

async function readForm(c: ProxyContext): Promise<StartPaymentBody> {
  const given = [...new URLSearchParams(await readText(c.req.raw, MAX_FORM_BYTES))]
  const fields = given
    .filter(([name, value]) => name.startsWith('field.') && value !== '')
    .map(([name, value]) => [name.slice('field.'.length), value] as const)
  const of = (name: string) => given.find(([each]) => each === name)?.[1]
  return parse(startPaymentSchema, {
    methodId: of('methodId'),
    ...(fields.length > 0 && { fields: Object.fromEntries(fields) }),
    ...(of('consent') !== undefined && { consent: true }),
  })
}

/**
 * Everything from here, and nothing written into the page. A form's answer leads to a provider's page, and
 * `form-action` holds for that as well; providers on this machine are sandboxes.
 */
function policyFor(origin: string): string {
  const pages = origin.startsWith('https:') ? 'https:' : 'https: http://localhost:*'
  return [
    "default-src 'none'",
    `script-src ${origin}`,
    `style-src ${origin}`,
    `connect-src ${origin}`,
    'img-src data:',
    `form-action ${origin} ${pages}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types crypto-checkout',
  ].join('; ')
}
