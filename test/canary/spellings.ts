/**
 * Every way in which a secret may stand in a text: as it is, percent-encoded, in JSON, in base64 of either
 * alphabet at any place of a longer text, in hex, backwards, and a half of it.
 * @module
 */

/** A shorter half could stand anywhere. */
const SHORTEST_HALF = 16

/** Spellings by their names, each once. */
export function spellingsOf(secret: string): ReadonlyMap<string, string> {
  const bytes = Buffer.from(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const all: [string, string][] = [
    ['as it is', secret],
    ['percent-encoded', encodeURIComponent(secret)],
    ['in JSON', json],
    ['in JSON, slashes escaped', json.replaceAll('/', '\\/')],
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const base64 = inBase64(bytes, offset)
      const base64url = base64.replaceAll('+', '-').replaceAll('/', '_')
      return [
        [`base64 at ${offset}`, base64],
        [`base64url at ${offset}`, base64url],
        [`base64 at ${offset}, percent-encoded`, encodeURIComponent(base64)],
      ]
    }),
    ['in hex', bytes.toString('hex')],
    ['in HEX', bytes.toString('hex').toUpperCase()],
    ['backwards', secret.split('').toReversed().join('')],
    ...halvesOf(secret).map((half, index): [string, string] => [`half ${index + 1}`, half]),
  ]
  const names = new Map<string, string>()
  for (const [name, text] of all) if (!names.has(text)) names.set(text, name)
  return names
}

export function halvesOf(secret: string): readonly string[] {
  const middle = Math.floor(secret.length / 2)
  return middle < SHORTEST_HALF ? [] : [secret.slice(0, middle), secret.slice(middle)]
}

/** The letters of base64 that depend on these bytes alone, when `offset` others stand before them. */
function inBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  const first = Math.ceil((offset * 8) / 6)
  const end = Math.floor(((offset + bytes.length) * 8) / 6)
  return text.slice(first, end)
}
