/**
 * Notifications, genuine and not: every language's recipe has to judge them as our library does.
 * @module
 */
import {
  BODY,
  bodyOf,
  CHECKOUT,
  headersOf,
  ID,
  NOW,
  OLD_SECRET,
  SECRET,
  signatureOf,
} from './webhook-samples.ts'

const SECONDS = NOW / 1000

/** What a recipe is shown, and what it must say: `taken`, or a code. */
export interface NotificationCase {
  readonly title: string
  readonly expected: string
  readonly body?: string | Buffer<ArrayBuffer>
  readonly headers?: Record<string, string>
  readonly secret?: string
}

const headersWith = (name: string, value: string): Record<string, string> => ({
  ...headersOf(),
  [name]: value,
})
const sentAt = (seconds: number) => headersOf({ seconds })
const bodyCase = (title: string, body: string): NotificationCase => ({
  title,
  expected: 'invalid_body',
  body,
  headers: headersOf({ body }),
})
const signatureCase = (title: string, signature: string): NotificationCase => ({
  title,
  expected: 'wrong_signature',
  headers: headersWith('webhook-signature', signature),
})
const right = signatureOf({})
const wrong = signatureOf({ secret: OLD_SECRET })
const cut = BODY.slice(0, -1)

export const NOTIFICATIONS: readonly NotificationCase[] = [
  { title: 'a genuine one', expected: 'taken' },
  {
    title: 'headers in capitals',
    expected: 'taken',
    headers: Object.fromEntries(
      Object.entries(headersOf()).map(([name, value]) => [name.toUpperCase(), value]),
    ),
  },
  {
    title: 'the right signature second',
    expected: 'taken',
    headers: headersWith('webhook-signature', `v1a,AAAA ${wrong} ${right}`),
  },
  { title: 'two secrets, the first signs', expected: 'taken', secret: `${SECRET},${OLD_SECRET}` },
  { title: 'two secrets, the second', expected: 'taken', secret: `${OLD_SECRET}, ${SECRET}` },
  { title: '300 s old', expected: 'taken', headers: sentAt(SECONDS - 300) },
  { title: '300 s ahead', expected: 'taken', headers: sentAt(SECONDS + 300) },
  { title: '301 s old', expected: 'too_old', headers: sentAt(SECONDS - 301) },
  { title: '301 s ahead', expected: 'too_old', headers: sentAt(SECONDS + 301) },
  ...['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
    title: `no ${name}`,
    expected: 'missing_header',
    headers: headersWith(name, ''),
  })),
  ...['soon', '1e9', '-1', '1777636800.5', '1777636800abc', '١٧٧'].map((text) => ({
    title: `the time ${text}`,
    expected: 'missing_header',
    headers: headersWith('webhook-timestamp', text),
  })),
  { title: 'another body', expected: 'wrong_signature', body: BODY.replace('620.00', '6.00') },
  { title: 'a shorter body', expected: 'wrong_signature', body: cut },
  { title: 'an empty body', expected: 'wrong_signature', body: '' },
  {
    title: 'another id',
    expected: 'wrong_signature',
    headers: headersWith('webhook-id', `${ID}x`),
  },
  {
    title: 'another time',
    expected: 'wrong_signature',
    headers: headersWith('webhook-timestamp', String(SECONDS + 1)),
  },
  { title: 'another secret', expected: 'wrong_signature', secret: OLD_SECRET },
  signatureCase('a signature of v1a', right.replace('v1', 'v1a')),
  signatureCase('a signature of v2', right.replace('v1', 'v2')),
  signatureCase('no version', right.slice(3)),
  signatureCase('an empty signature', 'v1,'),
  signatureCase('a signature cut off', right.slice(0, 20)),
  signatureCase('no base64', 'v1,ü*'),
  ...['', 'whsec_', SECRET.slice(6), 'whsec_AAAA', `whsec_${'*'.repeat(44)}`].map((secret) => ({
    title: `the secret "${secret.slice(0, 10)}"`,
    expected: 'invalid_secret',
    secret,
  })),
  { title: 'a good secret and a bad', expected: 'invalid_secret', secret: `${SECRET},whsec_AAAA` },
  bodyCase('no JSON', 'paid'),
  bodyCase('null', 'null'),
  bodyCase('a list', '[]'),
  bodyCase('a text', '"checkout.paid"'),
  bodyCase('data that is a text', '{"type":"checkout.paid","timestamp":"","data":"paid"}'),
  bodyCase('another type', bodyOf(CHECKOUT, 'invoice.paid')),
  bodyCase('a type that is no text', JSON.stringify({ type: 1, timestamp: '', data: CHECKOUT })),
  bodyCase('a type that is not its status', bodyOf({ ...CHECKOUT, status: 'pending' })),
  bodyCase('a status that is a list', bodyOf({ ...CHECKOUT, status: [] })),
  bodyCase('no type', JSON.stringify({ timestamp: '', data: CHECKOUT })),
  bodyCase('no time', JSON.stringify({ type: 'checkout.paid', data: CHECKOUT })),
  bodyCase('no id', bodyOf({ ...CHECKOUT, id: undefined })),
  bodyCase('no orderId', bodyOf({ ...CHECKOUT, orderId: 1001 })),
  bodyCase('no version', bodyOf({ ...CHECKOUT, version: undefined })),
  bodyCase('a version that is text', bodyOf({ ...CHECKOUT, version: '7' })),
]
