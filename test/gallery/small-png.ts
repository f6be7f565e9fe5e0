/**
 * Writes a picture with a palette: a fourth of the bytes. Areas keep their colours; the edges of letters,
 * of which there are a thousand shades, are rounded by less than the comparison sees.
 * @module
 */
import { crc32, deflateSync } from 'node:zlib'
import type { PNG } from 'pngjs'

/** So many colours, the most frequent ones, stay what they are. */
const EXACT = 24
/** What the others are rounded to: the first that leaves no more colours than a palette has. */
const STEPS = [17, 25.5, 51, 85]
const MOST = 256

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** `picture`, which nothing shines through, as the bytes of a file. */
export function smallPng(picture: PNG): Buffer {
  const { width, height } = picture
  const colours = readColours(picture)
  const exact = mostFrequent(colours)
  const rounded = STEPS.map((step) =>
    colours.map((colour) => (exact.has(colour) ? colour : round(colour, step))),
  ).find((each) => new Set(each).size <= MOST)
  if (!rounded) throw new Error('too many colours')
  const palette = [...new Set(rounded)]
  const indexes = new Map(palette.map((colour, index) => [colour, index]))
  const rows = Buffer.alloc((width + 1) * height)
  for (const [at, colour] of rounded.entries()) {
    rows[at + Math.floor(at / width) + 1] = indexes.get(colour) ?? 0
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // eight bits, a palette
  header.set([8, 3], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap(channels))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function readColours({ data }: PNG): number[] {
  return Array.from({ length: data.length / 4 }, (_, at) => data.readUIntBE(at * 4, 3))
}

function mostFrequent(colours: readonly number[]): ReadonlySet<number> {
  const counts = new Map<number, number>()
  for (const colour of colours) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const sorted = [...counts].toSorted(([, a], [, b]) => b - a)
  return new Set(sorted.slice(0, EXACT).map(([colour]) => colour))
}

const channels = (colour: number): number[] => [16, 8, 0].map((shift) => (colour >> shift) & 255)

function round(colour: number, step: number): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
    Math.min(255, Math.round(Math.round(value / step) * step)),
  )
  return (red << 16) | (green << 8) | blue
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
