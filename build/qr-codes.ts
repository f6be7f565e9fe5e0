/**
 * What our QR codes need of qrcode, and no more.
 * @module
 */
import { getBlocksCount, getTotalCodewordsCount } from 'qrcode/lib/core/error-correction-code.js'
import { M } from 'qrcode/lib/core/error-correction-level.js'
import type { Plugin } from 'vite'

/** 97 by 97 modules: 666 bytes, and no wallet link is longer than 200. */
const MAX_VERSION = 20

/** A row of a table of qrcode's: one number per version, for the one level that we use. */
const perVersion = (count: (version: number, level: typeof M) => number | undefined): string =>
  JSON.stringify(Array.from({ length: MAX_VERSION }, (_, i) => count(i + 1, M)))

/**
 * Our codes are one byte segment at level M under pattern 2 each. What qrcode has for digits, letters and
 * kanji, for finding the shortest mix of them, for other levels and for finding a pattern is left out.
 */
const BYTES_AT_M: Readonly<Record<string, string>> = {
  'segments.js': `
    import ByteData from './byte-data.js'
    export const fromArray = (segments) => segments.map(({ data }) => new ByteData(data))
    export const fromString = undefined
    export const rawSplit = undefined`,
  'mode.js': `
    export const BYTE = { bit: 4, ccBits: [8, 16, 16] }
    export const getCharCountIndicator = ({ ccBits }, version) => ccBits[version < 10 ? 0 : 1]`,
  'version.js': `
    import { getSymbolTotalCodewords, getBCHDigit } from './utils.js'
    import { getTotalCodewordsCount } from './error-correction-code.js'
    export const from = () => undefined
    export const getCapacity = (version, length) =>
      (getSymbolTotalCodewords(version) - getTotalCodewordsCount(version)) * 8
    export function getBestVersionForData([{ data }]) {
      for (let version = 1; version <= ${MAX_VERSION}; version++)
        if (data.length * 8 + (version < 10 ? 12 : 20) <= getCapacity(version)) return version
    }
    export function getEncodedBits(version) {
      let d = version << 12
      while (getBCHDigit(d) >= 13) d ^= 7973 << (getBCHDigit(d) - 13)
      return (version << 12) | d
    }`,
  'mask-pattern.js': `
    export const from = (pattern) => pattern
    export const getBestMask = undefined
    export function applyMask(_, matrix) {
      for (let index = 0; index < matrix.data.length; index++)
        if (!matrix.reservedBit[index]) matrix.data[index] ^= (index % matrix.size) % 3 === 0
    }`,
  'error-correction-level.js': `
    export const M = { bit: 0 }
    export const from = () => M`,
  'error-correction-code.js': `
    const blocks = ${perVersion(getBlocksCount)}
    const codewords = ${perVersion(getTotalCodewordsCount)}
    export const getBlocksCount = (version) => blocks[version - 1]
    export const getTotalCodewordsCount = (version) => codewords[version - 1]`,
}

/** qrcode is CommonJS, which cannot be shaken: its modules are plain enough to be read as ES modules. */
export function smallQrCodes(): Plugin {
  return {
    name: 'small-qr-codes',
    enforce: 'pre',
    transform(code, id) {
      const [, file] = /qrcode\/lib\/core\/([\w-]+\.js)/.exec(id) ?? []
      if (!file) return null
      const names = new Map<string, string>()
      const module = (BYTES_AT_M[file] ?? code)
        // only kanji asks for it
        .replace(/if \(options\.toSJISFunc\) \{[^}]*\}/, '')
        // the pattern is given
        .replace(/if \(isNaN\(maskPattern\)\) \{[^}]*\}/, '')
        .replace(/const (\w+) = require\('(.+)'\)\.(\w+)/g, `import { $3 as $1 } from '$2.js'`)
        .replace(/const (\w+) = require\('(.+)'\)/g, (_, name: string, path: string) =>
          /byte-data|bit-buffer|bit-matrix|encoder/.test(path)
            ? `import ${name} from '${path}.js'`
            : `import * as ${name} from '${path}.js'`,
        )
        .replace(/module\.exports = /g, 'export default ')
        .replace(/^exports\.(\w+) = function \w* ?\(/gm, (_, name: string) => {
          names.set(name, name)
          return `export function ${name} (`
        })
        .replace(/^exports\.(\w+) = /gm, 'export const $1 = ')
        .replace(/\bexports\.(\w+)/g, '$1')
      return { code: module, map: null }
    },
  }
}
