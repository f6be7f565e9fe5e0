/**
 * Texts with something in them.
 * @module
 */
import type { Locale, Plural } from './en.ts'

/** Puts `values` where `{0}` and `{1}` stand. */
export function fill(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (_, index: number) => String(values[index]))
}

/** What the proxy calls something, in our words where there are any. */
export function labelOf({ labels }: Locale, text: string): string {
  return Object.hasOwn(labels, text) ? (labels[text] ?? '') : text
}

/** The form that goes with `count`: 1 network, 2 networks. */
export function fillCount(forms: Plural, language: string, count: number): string {
  return fill(forms[new Intl.PluralRules(language).select(count)] ?? forms.other, count)
}
