/**
 * Spoils what was valid: a text, or the JSON in it, in one to three places.
 * @module
 */
import type { Chance } from '../faults/chance.ts'

/** A member that must not be made up, since it would be the truth of whoever may say it. */
export type IsTruth = (key: string, value: unknown) => boolean

type Json = unknown

export const pickOf = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.floor(chance.next() * from.length)] as T

const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e400',
  'null',
  'NaN',
  '__proto__',
  '../../etc',
  '%2e%2e%2f',
  '\0',
  '\ud800',
  '‮gnp',
  '１００',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '${7*7}',
  'a'.repeat(5000),
  '😀'.repeat(300),
  '\r\nx-injected: 1',
  'javascript:alert(1)',
  '//stranger.example',
  'http://169.254.169.254/',
  '9'.repeat(40),
  '0.1',
  '100.000000000000000000001',
]

const NUMBERS = [0, -0, -1, 0.1, 1e21, 2 ** 53, -(2 ** 63), 1e-7, 4.35, 1e20 + 1e5]

/** Any JSON value at all. */
function anyValue(chance: Chance): Json {
  return pickOf<() => Json>(chance, [
    () => null,
    () => chance.hits(0.5),
    () => pickOf(chance, NUMBERS),
    () => pickOf(chance, TEXTS),
    () => [],
    () => ({}),
    () => [pickOf(chance, TEXTS)],
    () => Array.from({ length: 300 }, () => 0),
    () => nested(chance.hits(0.5) ? 40 : 900),
    () => JSON.parse('{"__proto__":{"status":"x"},"constructor":{"prototype":{}}}') as Json,
  ])()
}

function nested(depth: number): Json {
  let value: Json = 0
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { a: value }
  return value
}

/** Every place in a value that has a name or a number. */
function places(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null || path.length > 8) return []
  return Object.entries(value).flatMap(([key, member]) => [
    [...path, key],
    ...places(member, [...path, key]),
  ])
}

/** A copy of `json` that differs in a place or more. */
export function mutateJson(json: Json, chance: Chance, isTruth: IsTruth = () => false): Json {
  const copy = structuredClone(json)
  const all = places(copy)
  if (all.length === 0) return anyValue(chance)
  for (let times = 1 + Math.floor(chance.next() * 2); times > 0; times -= 1) {
    const path = pickOf(chance, all)
    const key = path.at(-1) ?? ''
    const parent = path
      .slice(0, -1)
      .reduce<Json>((value, name) => (value as Record<string, Json> | undefined)?.[name], copy) as
      Record<string, Json> | undefined
    if (typeof parent !== 'object' || parent === null) continue
    change(parent, key, chance, isTruth)
  }
  return copy
}

function change(parent: Record<string, Json>, key: string, chance: Chance, isTruth: IsTruth): void {
  const before = parent[key]
  const how = chance.next()
  if (how < 0.15) {
    delete parent[key]
    return
  }
  if (how < 0.25) {
    parent[`${key}${pickOf(chance, ['', '_', 'Id', '\0', ' '])}x`] = before
    return
  }
  const next =
    how < 0.4 && typeof before === 'string'
      ? mutateText(before, chance)
      : how < 0.5 && typeof before === 'number'
        ? before + pickOf(chance, [-1, 0.01, 1e15])
        : how < 0.6
          ? String(before)
          : anyValue(chance)
  if (!isTruth(key, next)) parent[key] = next
}

/** A text with some characters lost, doubled, swapped or strange. */
export function mutateText(text: string, chance: Chance): string {
  const at = Math.floor(chance.next() * (text.length + 1))
  const end = at + 1 + Math.floor(chance.next() * 6)
  return pickOf<() => string>(chance, [
    () => text.slice(0, at),
    () => text.slice(at),
    () => text.slice(0, at) + text.slice(end),
    () => text.slice(0, at) + text.slice(at, end).repeat(2) + text.slice(end),
    () => text.slice(0, at) + pickOf(chance, TEXTS) + text.slice(end),
    () =>
      text.slice(0, at) + String.fromCharCode(Math.floor(chance.next() * 0x2ff)) + text.slice(end),
    () => text.toUpperCase(),
    () => `\ufeff${text}`,
    () => text.replace('"', "'"),
    () => text.split('').toReversed().join(''),
  ])()
}
