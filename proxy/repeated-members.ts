/**
 * JSON that names a member twice means different things to different readers: one checks the first, another
 * uses the last.
 * @module
 */

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/** Whether an object somewhere in `json`, which can be parsed, has two members of one name. */
export function hasRepeatedMember(json: string): boolean {
  const open: (Set<string> | null)[] = []
  let before = ''
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(token === '{' ? new Set() : null)
    if (token === '}' || token === ']') open.pop()
    if (token === ':') {
      const names = open.at(-1)
      const name = JSON.parse(before) as string
      if (names?.has(name)) return true
      names?.add(name)
    }
    before = token
  }
  return false
}
