/**
 * Builds the script-tag file: everything in one, English, nothing loaded later. What a bundler leaves
 * lying about is taken out here, because the whole file has to stay under 28 kB (gzip).
 * @module
 */
import { getBlocksCount, getTotalCodewordsCount } from 'qrcode/lib/core/error-correction-code.js'
import { M } from 'qrcode/lib/core/error-correction-level.js'
import { defineConfig } from 'vite'
import type { Plugin } from 'vite'

/**
 * A page may already run Lit under its policy's name, and a policy can be made only once: ours has
 * its own name.
 */
function ownTrustedTypesPolicy(): Plugin {
  return {
    name: 'own-trusted-types-policy',
    transform(code, id) {
      if (!/lit-html\/(development\/)?lit-html\.js/.test(id)) return null
      const renamed = code.replace(/(createPolicy\(\s*['"])lit-html(['"])/, '$1crypto-checkout$2')
      if (renamed === code) this.error('lit-html makes its policy in another way than expected')
      return { code: renamed, map: null }
    },
  }
}

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
function smallQrCodes(): Plugin {
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

const VERSIONS = /\(\w+\.\w+Versions\?\?=\[\]\)\.push\("[\d.]+"\)/g

/** Errors of a library's are for developers, who do not use this file. */
const ERRORS = /new (\w*Error) ?\((?:[^()]|\([^()]*\))*\)|Error\(["'][^()]*\)/g
const short = (text: string): string => text.replace(/\(.*/s, '()')

/** What of a library is left out, by its file. Each has to be there. */
const CUTS: readonly (readonly [
  file: string,
  what: RegExp,
  by: string | ((text: string) => string),
])[] = [
  ['reactive-element/reactive-element.js', /\b\w+\.reactive\w*PolyfillSupport/g, 'void 0'],
  ['lit-html/lit-html.js', /\b\w+\.lit\w*PolyfillSupport/g, 'void 0'],
  ['lit-element/lit-element.js', /\b\w+\.lit\w*PolyfillSupport/g, 'void 0'],
  // a note of the version, for warnings that this build does not have
  ['reactive-element/reactive-element.js', VERSIONS, '0'],
  ['lit-html/lit-html.js', VERSIONS, '0'],
  ['lit-element/lit-element.js', VERSIONS, '0'],
  ['lit-element/lit-element.js', /\w\.litElementHydrateSupport\?\.\(\{LitElement:\w\}\)/, '0'],
  // every browser that knows container queries, which our styles need, can adopt style sheets
  ['reactive-element/css-tag.js', /\w+\.ShadowRoot&&.*?CSSStyleSheet\.prototype/, 'true'],
  ['reactive-element/css-tag.js', ERRORS, short],
  // our templates are of HTML, our properties texts, numbers and switches; no decorators
  ['lit-html/lit-html.js', /2===\w\?"<\/?svg>":3===\w\?"<\/?math>":""/g, '""'],
  ['lit-html/lit-html.js', /,2===\w\|\|3===\w\)\{[^}]*\}/, ',0);'],
  ['lit-html/lit-html.js', ERRORS, short],
  [
    'reactive-element/reactive-element.js',
    /case Object:case Array:(?:try\{[^}]*\}catch\(\w\)\{[^}]*\}|[^}]*)/g,
    '',
  ],
  ['reactive-element/reactive-element.js', /Symbol\.metadata\?\?=[^;]*;/, ''],
  [
    'reactive-element/reactive-element.js',
    /const \w=this\[Symbol\.metadata\];if\(null!==\w\)\{[^}]*\}/,
    '',
  ],
  ['hashes/sha3.js', /\n {4}if \([^;]*\)\s*throw new \w*Error\([^;]*\);/g, ''],
  ['hashes/sha3.js', /\n {4}anumber\(rounds[^;]*;/, ''],
]

function leaveOut(): Plugin {
  return {
    name: 'leave-out',
    transform(code, id) {
      const isOurs = !/node_modules/.test(id)
      if (isOurs) return null
      let lean = /qrcode\/lib/.test(id) ? code.replace(ERRORS, short) : code
      for (const [file, what, by] of CUTS) {
        if (!id.endsWith(file)) continue
        const cut = lean.replace(what, typeof by === 'string' ? () => by : by)
        if (cut === lean) this.error(`${file} has no ${what} any more`)
        lean = cut
      }
      return { code: lean, map: null }
    },
  }
}

/** Templates are indented for people. Only white space around line breaks goes. */
function collapseTemplates(): Plugin {
  return {
    name: 'collapse-templates',
    enforce: 'pre',
    transform(code, id) {
      if (id.includes('/widget/styles/')) return { code: minifyCss(code), map: null }
      if (!id.includes('/widget/views/')) return null
      // next to a tag or a value no text stands on a line of its own
      const lean = code.replace(/([>}])\n\s+(?=<|\$\{)|\n\s+(?=\/?>|\$\{)/g, '$1')
      return { code: lean, map: null }
    },
    generateBundle(_options, bundle) {
      // after minification only templates contain line breaks
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk') chunk.code = chunk.code.replace(/\n {2,}/g, ' ')
      }
    },
  }
}

function minifyCss(source: string): string {
  return source.replace(/css`[^]*?`/g, (block) =>
    block
      .replace(/\s+/g, ' ')
      .replace(/ ?([{};,]) ?/g, '$1')
      .replace(/: /g, ':')
      .replace(/;\}/g, '}')
      .replace(/\$\{(\w+)\};?/g, '${$1}'),
  )
}

/**
 * Properties that nobody outside sees: not in the API of the element or of the proxy, nor a
 * browser's. First the code's, then the texts', then the libraries'.
 */
const INTERNAL = new RegExp(
  `^(${[
    'announcer asOf hasSaidPaid inputs isAtRisk isAway isBusy isCanceling isChecking isChoosing',
    'alarm contract copied decimals environment isClosing isHidden isLarge isShown guard keccak256',
    'sha256 standard wake',
    'isLink isOffline isOnline isOpen isOwnWindow isReturn isToast isTransient leftBehind mistakes',
    'onChange onState onWake openChannel openWindow closeWindow prefersWindow replaceUrl',
    'retryAfterMs setTimer timeLeft tryLock wallNow willLeave',
    'addressOnly backToPayment cancelText checkNow chooseAgain chooseNetwork closeText connectionLost',
    'enlarge onPhone paidWith payFirst printReceipt signature',
    'continueHere copyFailed exchangeHint iHavePaid looking misconfigured networkHint newPrice',
    'noMatch noMethods onPage onlyOn onlyOnText openPage openPageAgain openWallet partialText',
    'paymentDetails popupTitle showWindow stopText stopWaiting timeLeftSpoken',
    'timeUp toPay toShop tryAgain walletLink',
    'blockLen canXOF ccBits degree destroyed digestInto errorCorrectionLevel genPoly getBitsLength',
    'getLength getLengthInBits initialize isLE isReserved maskPattern modules outputLen padOffset',
    'putBit reservedBit roundClean',
    'addController converter createProperty createRenderRoot creationScope',
    'attribute elementStyles enableUpdating finalizeStyles reflect renderBefore renderRoot',
    'requestUpdate setConnected updated willUpdate',
    'firstUpdated fromAttribute getPropertyDescriptor getPropertyOptions getUpdateComplete',
    'hasChanged hasUpdated hostConnected hostDisconnected hostUpdate hostUpdated isUpdatePending',
    'noAccessor performUpdate removeController renderOptions scheduleUpdate shadowRootOptions',
    'shouldUpdate toAttribute useDefault',
  ]
    .join(' ')
    .replaceAll(' ', '|')})$`,
)

/** Runs before Lit does: a second copy of this script must not touch the page. */
const GUARD = `
const name = document.currentScript?.dataset.name || 'crypto-checkout', known = customElements.get(name);
if (known) {
  if (!known[Symbol.for('crypto-checkout')]) console.error(\`crypto-checkout: <\${name}> belongs to another library. Please give it another name.\`);
  return;
}`

// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  plugins: [ownTrustedTypesPolicy(), smallQrCodes(), leaveOut(), collapseTemplates()],
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    rollupOptions: {
      input: 'widget/script.ts',
      treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
      output: {
        format: 'iife',
        entryFileNames: 'crypto-checkout.js',
        intro: GUARD,
        minify: { compress: true, mangle: true, codegen: true, mangleProps: { include: INTERNAL } },
      },
    },
  },
})
