/**
 * Blocks of TypeScript and JavaScript: the compiler has nothing to say against them, with the types that a user of
 * the package has; and what a server runs is run.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { compile } from 'svelte/compiler'
import { createKey, keySet, mint } from '../merchant/receipt-samples.ts'
import { BODY, headersOf, SECRET } from '../merchant/webhook-samples.ts'
import { ROOT, blocksIn, blockWith } from './blocks.ts'
import type { Block } from './blocks.ts'

mkdirSync(`${ROOT}.cache`, { recursive: true })
/** Inside of the project, where its packages are found. */
const FOLDER = mkdtempSync(`${ROOT}.cache/docs-`)
after(() => rmSync(FOLDER, { recursive: true, force: true }))

/** What a block takes for granted, by the words in which it does. */
const GIVEN: readonly (readonly [words: RegExp, declaration: string])[] = [
  [/\brequest\.text\(\)/, 'declare const request: Request'],
  [/\bship\(/, 'declare function ship(orderId: string): void'],
  [/\bverifyReceipt\(text\b/, 'declare const text: string'],
  [/\border\.total\b/, 'declare const order: { id: string; total: string }'],
  [
    /\bthank\(/,
    'declare function thank(orderId: string): void; declare const proxy: string, token: string',
  ],
  [
    /\bapp\.post\(/,
    'declare const app: any, express: any, apply: any, secret: string, verifyWebhook: any, WebhookError: any',
  ],
]

const KINDS = {
  ts: { extension: 'ts', isStrict: true },
  tsx: { extension: 'tsx', isStrict: true },
  // No types are written there, so none are asked for; what is called must be there all the same.
  js: { extension: 'ts', isStrict: false },
} as const

/** What the package exports, as its sources have it. */
const PATHS = {
  'crypto-checkout/define': 'widget/define.ts',
  'crypto-checkout/merchant': 'merchant/index.ts',
  'crypto-checkout/proxy': 'proxy/index.ts',
  'crypto-checkout/react': 'frameworks/react.ts',
  'crypto-checkout/types/*': 'frameworks/types/*.ts',
}

function nameOf({ file, line }: Block): string {
  return `${file.replaceAll(/\W/g, '-')}-${line}`
}

function write(folder: string, blocks: readonly Block[], isStrict: boolean): void {
  mkdirSync(folder)
  for (const block of blocks) {
    const { extension } = KINDS[block.language as keyof typeof KINDS]
    const needed = GIVEN.filter(([words]) => words.test(block.code)).map(
      ([, declaration]) => declaration,
    )
    const isOwn = /^import .* from 'crypto-checkout\/merchant'/m.test(block.code)
    const text = [
      ...needed.filter((line) => !isOwn || !line.includes('verifyWebhook')),
      block.code,
      'export {}',
    ]
    writeFileSync(join(folder, `${nameOf(block)}.${extension}`), text.join('\n'))
  }
  const options = {
    extends: join(ROOT, 'tsconfig.base.json'),
    compilerOptions: {
      noEmit: true,
      composite: false,
      declaration: false,
      rewriteRelativeImportExtensions: false,
      allowImportingTsExtensions: true,
      noUnusedLocals: false,
      noUnusedParameters: false,
      strict: isStrict,
      noImplicitAny: isStrict,
      exactOptionalPropertyTypes: isStrict,
      jsx: 'react-jsx',
      types: ['node', 'react'],
      lib: ['ES2024', 'DOM', 'DOM.Iterable'],
      paths: Object.fromEntries(
        Object.entries(PATHS).map(([name, path]) => [name, [join(ROOT, path)]]),
      ),
    },
    files: ['widget/define.ts', 'widget/qrcode.d.ts'].map((path) => join(ROOT, path)),
    include: ['*'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(options))
}

describe('blocks of TypeScript and JavaScript', () => {
  for (const [title, languages, isStrict] of [
    ['TypeScript', ['ts', 'tsx'], true],
    ['JavaScript', ['js'], false],
  ] as const) {
    it(`${title}: the compiler has nothing to say`, () => {
      const folder = join(FOLDER, title)
      const blocks = blocksIn(...languages)
      assert.ok(blocks.length > 3)
      write(folder, blocks, isStrict)
      const tsc = `${ROOT}node_modules/typescript/bin/tsc`
      const { stdout } = spawnSync(
        process.execPath,
        [tsc, '--project', folder, '--pretty', 'false'],
        { encoding: 'utf8' },
      )
      // Our own sources are looked at with their own options, elsewhere.
      const ours = stdout.split('\n').filter((line) => !/^((widget|proxy)\/| |$)/.test(line))
      assert.deepEqual(ours, [])
    })
  }

  it('take nothing for granted that no block needs', () => {
    for (const [words] of GIVEN)
      assert.ok(
        blocksIn('ts', 'tsx', 'js').some(({ code }) => words.test(code)),
        String(words),
      )
  })
})

describe('what a server runs', () => {
  const signing = blocksIn('ts').filter(({ code }) => code.includes('await signOrder('))
  for (const block of signing) {
    it(`${block.place} signs the order that it says`, async () => {
      process.env['ORDER_SECRET'] = 'a-secret-of-the-documents-0123456789'
      const { orderToken } = await run<{ orderToken: string }>(block, {}, ['orderToken'])
      const claims = JSON.parse(Buffer.from(orderToken.split('.')[1] ?? '', 'base64url').toString())
      assert.deepEqual(
        [claims.orderId, claims.amount, claims.currency],
        ['A-1001', '620.00', 'TRY'],
      )
    })
  }

  const now = (): Headers => new Headers(headersOf({ seconds: Math.floor(Date.now() / 1000) }))
  const post = (body = BODY): Request =>
    new Request('https://shop.example/webhooks', { method: 'POST', headers: now(), body })

  it('README: ships what the proxy says is paid, and nothing that was changed', async () => {
    process.env['MERCHANT_WEBHOOK_SECRET'] = SECRET
    const block = blockWith('README.md', 'await verifyWebhook(')
    const shipped: string[] = []
    const ship = (orderId: string): number => shipped.push(orderId)
    await run(block, { request: post(), ship })
    await assert.rejects(run(block, { request: post(BODY.replace('A-1001', 'A-1002')), ship }))
    assert.deepEqual(shipped, ['A-1001'])
  })

  it('for Express: 204 once it is applied, 400 for what is not genuine, 500 where it could not be applied', async () => {
    const merchant = (await import('../../merchant/index.ts')) as object
    const block = blockWith('docs/merchant.md', 'express.raw(')
    type Handler = (request: object, response: object) => Promise<void>
    let handler: Handler | undefined
    const app = { post: (_path: string, _raw: unknown, given: Handler) => (handler = given) }
    const express = { raw: () => undefined }
    async function answer(body: string, apply: () => Promise<void>): Promise<number> {
      let status = 0
      await run(block, { app, express, apply, secret: SECRET, ...merchant })
      const request = { body: Buffer.from(body), headers: Object.fromEntries(now()) }
      await handler?.(request, { sendStatus: (code: number) => (status = code) })
      return status
    }
    const apply = (): Promise<void> => Promise.resolve()
    assert.equal(await answer(BODY, apply), 204)
    assert.equal(await answer(`${BODY} `, apply), 400)
    assert.equal(await answer(BODY, () => Promise.reject(new Error('the database is down'))), 500)
  })

  it('a receipt is taken for its own order, and for no other', async (t) => {
    const block = blockWith('docs/merchant.md', 'await verifyReceipt(')
    const key = createKey('of-the-documents')
    t.mock.method(globalThis, 'fetch', () => Promise.resolve(Response.json(keySet(key))))
    const given = { text: mint(key), order: { id: 'A-1001', total: '620' } }
    const { receipt } = await run<{ receipt: { orderId: string } }>(block, given, ['receipt'])
    assert.equal(receipt.orderId, 'A-1001')
    await assert.rejects(run(block, { ...given, order: { id: 'A-1001', total: '62' } }), {
      code: 'wrong_amount',
    })
  })
})

describe('Svelte', () => {
  for (const block of blocksIn('svelte')) {
    it(`${block.place} is compiled without a warning`, () => {
      const source = `<script lang="ts">\nlet { proxy, token, thank } = $props()\n</script>\n${block.code}`
      assert.deepEqual(compile(source, { generate: 'client' }).warnings, [])
    })
  }
})

/** Runs a block with the names that it takes for granted, and gives those that it makes. */
async function run<T = unknown>(
  block: Block,
  given: object,
  made: readonly string[] = [],
): Promise<T> {
  const imports = block.code.match(/^import [^']*'[^']+'$/gm) ?? []
  const body = imports.reduce((code, line) => code.replace(line, ''), block.code)
  const contents = `${imports.join('\n')}
export default async ({ ${Object.keys(given).join(', ')} }) => {
${body}
return { ${made.join(', ')} }
}`
  const outfile = join(FOLDER, `${nameOf(block)}.mjs`)
  await build({
    stdin: { contents, resolveDir: ROOT, loader: 'ts' },
    outfile,
    alias: { 'crypto-checkout/merchant': `${ROOT}merchant/index.ts` },
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  })
  const module = (await import(pathToFileURL(outfile).href)) as {
    default(given: object): Promise<T>
  }
  return module.default(given)
}
