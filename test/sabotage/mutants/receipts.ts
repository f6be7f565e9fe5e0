/**
 * What the merchant's backend believes: forged notifications and receipts (T2 and T9 of our own making).
 * @module
 */
import { group } from '../mutant.ts'

const RECEIPT = {
  threat: 'T2',
  file: 'merchant/verify-receipt.ts',
  tests: ['merchant/verify-receipt'],
} as const
const NOTICE = {
  threat: 'T9',
  file: 'merchant/verify-webhook.ts',
  tests: ['merchant/verify-webhook'],
} as const

export const RECEIPTS = [
  ...group(RECEIPT, [
    {
      id: 'receipt-algorithm',
      control: 'a receipt’s algorithm is ours to choose',
      find: "algorithms: ['ES256', 'EdDSA'],",
      replace: '',
      tests: ['merchant/receipt-keys', 'merchant/verify-receipt'],
    },
    {
      id: 'receipt-type',
      control: 'another token of the same key is no receipt',
      find: "typ: 'cc-receipt+jwt',",
      replace: '',
    },
    {
      id: 'receipt-issuer',
      control: 'a receipt is of this proxy',
      find: "      issuer,\n      requiredClaims: ['iat'],",
      replace: "      requiredClaims: ['iat'],",
    },
    {
      id: 'receipt-order',
      control: 'a receipt is for this order',
      find: "[orderId !== undefined && receipt.orderId !== orderId, 'wrong_order'],",
      replace: '',
    },
    {
      id: 'receipt-amount',
      control: 'a receipt is for the whole price',
      find: "[amount !== undefined && compareDecimal(receipt.amount, amount) !== 0, 'wrong_amount'],",
      replace: '',
    },
    {
      id: 'receipt-currency',
      control: 'a receipt is in this currency',
      find: "[currency !== undefined && receipt.currency !== currency, 'wrong_currency'],",
      replace: '',
    },
    {
      id: 'receipt-test',
      control: 'a test’s receipt is worth nothing',
      find: "[receipt.testMode && options.allowTest !== true, 'test_mode'],",
      replace: '',
    },
    {
      id: 'receipt-unsigned-webhook',
      control: 'a receipt on the word of an unsigned notification is worth nothing unless allowed',
      find: "receipt.assurance === 'unsigned-webhook' && options.allowUnsignedWebhook !== true,",
      replace: 'false,',
    },
    {
      id: 'receipt-unsigned-price',
      control: 'a receipt of a price that nobody signed is worth nothing unless allowed',
      find: "[receipt.priceSource === 'unsigned' && options.allowUnsignedPrice !== true, 'unsigned_price'],",
      replace: '',
    },
    {
      id: 'receipt-undefined',
      control: 'an order’s id that happens to be undefined is not a check less',
      find: "if (typeof value !== 'string' || value === '') throw new RangeError(`${name} must be text`)",
      replace: '',
    },
    {
      id: 'receipt-keys',
      control: 'keys are not fetched unprotected',
      find: "if (url?.protocol !== 'https:' && !isHere) throw new RangeError('issuer must be an https URL')",
      replace: '',
      tests: ['merchant/refusals'],
    },
  ]),
  ...group({ threat: 'T2', file: 'proxy/publication.ts', tests: ['proxy/receipt-claims'] }, [
    {
      id: 'receipt-paid',
      control: 'only what is paid gets a receipt',
      find: "if (checkout.status !== 'paid') return null",
      replace: '',
    },
    {
      id: 'receipt-once',
      control: 'a receipt is made once',
      find: 'const receipt = after.checkout.receipt ?? (await signReceipt(after, options))',
      replace: 'const receipt = await signReceipt(after, options)',
    },
    {
      id: 'receipt-says-test',
      control: 'a receipt of a test says so',
      find: 'testMode: isTest(provider) ?? checkout.isTest,',
      replace: 'testMode: false,',
    },
    {
      id: 'receipt-says-source',
      control: 'a receipt says who vouches for the price',
      find: 'priceSource: checkout.source,',
      replace: "priceSource: 'token',",
    },
  ]),
  ...group(NOTICE, [
    {
      id: 'merchant-signature',
      control: 'a notification to the merchant is signed with his secret',
      find: 'if (!(await isSigned(message, signatures, secrets))) {',
      replace: 'if (signatures.length === 0) {',
    },
    {
      id: 'merchant-age',
      control: 'a notification to the merchant is not old, and not from the future',
      find: 'if (Math.abs(age) <= tolerance) return',
      replace: 'if (age <= Infinity) return',
    },
    {
      id: 'merchant-signed-id',
      control: 'the id of a notification is signed',
      find: 'new TextEncoder().encode(`${id}.${timestamp}.`)',
      replace: 'new TextEncoder().encode(`${id.length}.${timestamp}.`)',
    },
    {
      id: 'merchant-short-secret',
      control: 'a secret that could be guessed verifies nothing',
      find: 'if (key && key.length >= 24 && key.length <= 64) return key',
      replace: 'if (key) return key',
    },
    {
      id: 'merchant-signatures',
      control: 'a thousand signatures do not cost a thousand hashes',
      find: 'return readable.slice(0, MAX_SIGNATURES)',
      replace: 'return readable',
    },
  ]),
  ...group({ threat: 'T1', file: 'merchant/sign-order.ts', tests: ['merchant/sign-order'] }, [
    {
      id: 'short-secret',
      control: 'an order is not signed with a secret that could be guessed',
      find: 'if (key.length < MIN_SECRET_BYTES) {',
      replace: 'if (key.length < 1) {',
    },
  ]),
  ...group({ threat: 'T9', file: 'proxy/publication.ts', tests: ['proxy/receipt-claims'] }, [
    {
      id: 'delivery-id',
      control: 'a change that is told has one id for ever',
      find: "createHash('sha256').update(`${checkoutId}.${version}`)",
      replace: "createHash('sha256').update(`${checkoutId}.${Math.random()}`)",
    },
  ]),
  ...group({ threat: 'T9', file: 'proxy/deliver.ts', tests: ['sabotage/parts'] }, [
    {
      id: 'delivery-signed',
      control: 'what the merchant is told is signed, with its id and its time',
      find: '`${id}.${timestamp}.${body}`',
      replace: 'body',
    },
  ]),
]
