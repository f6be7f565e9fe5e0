/**
 * Pictures against those that were looked at: `baseline/<theme>-<width>/<scene>.png`.
 * With `GALLERY_UPDATE=1` (`npm run gallery:update`) they are taken anew instead.
 * @module
 */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import pixelmatch from 'pixelmatch'
import { PNG } from 'pngjs'
import { smallPng } from './small-png.ts'

/** What a colour may differ by, 0 to 1. */
const THRESHOLD = 0.05
/** How many pixels may differ: of all, and at most. */
const SHARE = 0.003
const MOST = 200
/** Letters end a fraction of a pixel lower on another machine. */
const SIZE_PX = 1

const BASELINE = join(import.meta.dirname, 'baseline')
const FOUND = join(import.meta.dirname, '../../.cache/gallery')

export const isUpdate = process.env['GALLERY_UPDATE'] === '1'

/** Forgets what a run before this one left: pictures of failures, or what is taken anew. */
export function clearPictures(): void {
  rmSync(isUpdate ? BASELINE : FOUND, { recursive: true, force: true })
}

/** The names of all that there are, as `light-360/paid`. */
export function knownPictures(): readonly string[] {
  return globSync('**/*.png', { cwd: BASELINE }).map((file) => file.replace(/\.png$/, ''))
}

/** What is wrong with the picture `name`, and where it lies; null where it is as it was. */
export function comparePicture(name: string, taken: Buffer): string | null {
  const file = join(BASELINE, `${name}.png`)
  if (isUpdate) {
    write(file, smallPng(PNG.sync.read(taken)))
    return null
  }
  const complain = (problem: string, difference?: PNG): string => {
    write(join(FOUND, `${name}.actual.png`), taken)
    if (difference) write(join(FOUND, `${name}.diff.png`), PNG.sync.write(difference))
    return `${name}: ${problem} (.cache/gallery/${name}.actual.png)`
  }
  if (!existsSync(file)) return complain('nobody has looked at it: npm run gallery:update')
  const [before, now] = [PNG.sync.read(readFileSync(file)), PNG.sync.read(taken)]
  const sizes = [before, now].map(({ width, height }) => `${width} × ${height}`)
  const off = Math.max(Math.abs(before.width - now.width), Math.abs(before.height - now.height))
  if (off > SIZE_PX) return complain(sizes.join(' is now '))
  const [width, height] = [Math.min(before.width, now.width), Math.min(before.height, now.height)]
  const difference = new PNG({ width, height })
  const [a, b] = [crop(before, width, height), crop(now, width, height)]
  const options = { threshold: THRESHOLD }
  const count = pixelmatch(a.data, b.data, difference.data, width, height, options)
  if (count <= Math.min(MOST, width * height * SHARE)) return null
  return complain(`${count} pixels are others`, difference)
}

function crop(picture: PNG, width: number, height: number): PNG {
  const cut = new PNG({ width, height })
  PNG.bitblt(picture, cut, 0, 0, width, height, 0, 0)
  return cut
}

function write(file: string, data: Buffer): void {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, data)
}
