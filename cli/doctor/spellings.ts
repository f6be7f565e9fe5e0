/**
 * The ways in which a secret comes into a built page: as it is, escaped, or in base64 or hex.
 * @module
 */

/** Each spelling once. Those in base64 are found wherever they begin in a longer text. */
export function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret)
  const json = JSON.stringify(secret).slice(1, -1)
  const base64 = [0, 1, 2].map((offset) => inBase64(bytes, offset))
  return [
    ...new Set([
      secret,
      json,
      json.replaceAll('/', '\\/'),
      encodeURIComponent(secret),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      bytes.toString('hex'),
      bytes.toString('hex').toUpperCase(),
    ]),
  ]
}

/** The letters that depend on these bytes alone, when `offset` others stand before them. */
function inBase64(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6))
}
