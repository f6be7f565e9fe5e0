/**
 * The policy that each page is served under: nothing inline, no `eval`, nothing from elsewhere, and text
 * becomes markup or script only by the policies that are named here.
 * @module
 */

/** Trusted Types: ours or Lit's, and what the framework makes for itself. */
export const TRUSTED_TYPES = {
  'script-tag': ['crypto-checkout'],
  form: ['crypto-checkout'],
  esm: ['lit-html'],
  'react-18': ['lit-html'],
  'react-19': ['lit-html'],
  vue: ['lit-html', 'vue'],
  svelte: ['lit-html', 'svelte-trusted-html'],
  angular: ['lit-html'],
} as const satisfies Record<string, readonly string[]>

export type ExampleName = keyof typeof TRUSTED_TYPES

/** Pages of a server's, with the script tag. The others are built. */
export const isPlain = (name: ExampleName): boolean => name === 'script-tag' || name === 'form'

/** The header `content-security-policy`. */
export function contentSecurityPolicy(
  name: ExampleName,
  proxyUrl: string,
  trustedTypes: readonly string[] = TRUSTED_TYPES[name],
): string {
  return [
    "default-src 'none'",
    isPlain(name) ? `script-src 'self' ${proxyUrl}` : "script-src 'self'",
    "style-src 'self'",
    isPlain(name) ? `connect-src ${proxyUrl}` : `connect-src 'self' ${proxyUrl}`,
    // For the page's own icon: the checkout loads no picture.
    "img-src 'self'",
    "base-uri 'none'",
    name === 'form' ? "form-action 'self'" : "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    `trusted-types ${trustedTypes.join(' ') || "'none'"}`,
  ].join('; ')
}
