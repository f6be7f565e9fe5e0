/**
 * What a JSON text is beside its value: of two members of one name `JSON.parse` keeps the last, and what
 * read the text before us may have kept the first.
 * @module
 */

/** What `JSON.parse` does not tell. */
export interface JsonText {
  /** An object somewhere in it has two members of one name. */
  readonly hasRepeatedMember: boolean
  /** How many objects and arrays lie in each other. */
  readonly depth: number
}

const TOKENS = /"(?:[^"\\]|\\.)*"\s*:?|[{}[\]]/g

/** Looks at `text`, which is known to be JSON. */
export function inspectJson(text: string): JsonText {
  const open: Set<string>[] = []
  let hasRepeatedMember = false
  let depth = 0
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth = Math.max(depth, open.push(new Set()))
    else if (token === '}' || token === ']') open.pop()
    else if (token.endsWith(':')) {
      const names = open.at(-1)
      const name = String(JSON.parse(token.slice(0, -1)))
      hasRepeatedMember ||= names?.has(name) ?? false
      names?.add(name)
    }
  }
  return { hasRepeatedMember, depth }
}
