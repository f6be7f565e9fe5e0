/**
 * A QR code as one SVG path, made after the screen has been painted: it is the longest task of the
 * page.
 * @module
 */
import { create } from 'qrcode/lib/core/qrcode.js'

/** A code: the side of its square in modules, quiet zone included, and the dark modules as a path. */
export interface QrPath {
  readonly size: number
  readonly path: string
}

/** Light modules around the code; scanners need them, also on a dark page. */
const QUIET = 4

/**
 * Every third column: of our addresses and links it leaves codes as even as the best of the eight patterns
 * (1.05 times its penalty), without drawing all of them. Any reader takes any pattern.
 */
const MASK = 2

/** The code that says `text`. One byte segment: the search for a shorter one costs more than it saves. */
export function qrPath(text: string): QrPath {
  const { size, data } = create([{ data: text, mode: 'byte' }], {
    errorCorrectionLevel: 'M',
    maskPattern: MASK,
  }).modules
  let path = ''
  for (let i = 0; i < size * size;) {
    const start = i
    while (data[i] && (i === start || i % size)) i++
    if (i > start)
      path += `M${(start % size) + QUIET} ${Math.floor(start / size) + QUIET}h${i - start}v1h${start - i}z`
    else i++
  }
  return { size: size + 2 * QUIET, path }
}

/** Makes the code of one element, once per text; null until it has been made. */
export function createQrCode(host: { requestUpdate(): void }): (text: string) => QrPath | null {
  let current: string | null = null
  let made: QrPath | null = null
  return (text) => {
    if (text !== current) {
      current = text
      made = null
      requestAnimationFrame(() =>
        setTimeout(() => {
          if (text !== current) return
          made = qrPath(text)
          host.requestUpdate()
        }),
      )
    }
    return made
  }
}
