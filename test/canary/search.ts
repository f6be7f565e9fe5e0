/**
 * Looks for very many strings at once: only every n-th place of a text is looked at, since a string that
 * is longer than a gram shows one of its first n grams there.
 * @module
 */

const GRAM = 8

export interface Found<T> {
  readonly needle: string
  readonly at: number
  readonly value: T
}

/** Finds the keys of `needles`, which are at least eight characters long, in a text. */
export function createSearch<T>(needles: ReadonlyMap<string, T>): (text: string) => Found<T>[] {
  let shortest = needles.size > 0 ? Infinity : GRAM
  for (const { length } of needles.keys()) shortest = Math.min(shortest, length)
  if (shortest < GRAM) throw new RangeError(`a string of ${shortest} characters is no marker`)
  const step = shortest - GRAM + 1
  const grams = new Map<string, [needle: string, offset: number][]>()
  for (const needle of needles.keys()) {
    for (let offset = 0; offset < step; offset += 1) {
      const gram = needle.slice(offset, offset + GRAM)
      const known = grams.get(gram)
      if (known) known.push([needle, offset])
      else grams.set(gram, [[needle, offset]])
    }
  }
  return (text) => {
    const found: Found<T>[] = []
    for (let at = 0; at + GRAM <= text.length; at += step) {
      for (const [needle, offset] of grams.get(text.slice(at, at + GRAM)) ?? []) {
        if (!text.startsWith(needle, at - offset)) continue
        found.push({ needle, at: at - offset, value: needles.get(needle) as T })
      }
    }
    return found
  }
}
