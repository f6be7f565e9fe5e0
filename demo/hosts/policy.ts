/**
 * The smallest Content Security Policy under which the element takes a payment. `docs/strict-hosts.md`
 * says what each line is for; a test takes each away.
 * @module
 */

/** Sources by directive; an empty one takes the directive away. */
export type Policy = Readonly<Record<string, string>>

/** What the element needs, and nothing for the page around it. */
export const smallestPolicy = (proxyUrl: string): Policy => ({
  'default-src': "'none'",
  'script-src': `${proxyUrl}/crypto-checkout.js`,
  'connect-src': `${proxyUrl}/v1/`,
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'crypto-checkout',
})

/** The header's text. */
export const policyText = (policy: Policy): string =>
  Object.entries(policy)
    .filter(([, sources]) => sources !== '')
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')

/** For pages with a style sheet and scripts of their own. */
export const withOwnFiles = ({
  shopUrl,
  proxyUrl,
}: {
  readonly shopUrl: string
  readonly proxyUrl: string
}): Policy => ({
  'script-src': `${proxyUrl}/crypto-checkout.js ${shopUrl}/hosts/scripts/`,
  'style-src': "'self'",
})

/** With nothing allowed by these directives: `?without=connect-src` shows what each is for. */
export function without(policy: Policy, directives = ''): Policy {
  const taken = directives.split(',').filter((name) => Object.hasOwn(policy, name))
  return { ...policy, ...Object.fromEntries(taken.map((name) => [name, "'none'"])) }
}
