import assert from 'node:assert/strict'
import { fileURLToPath } from 'node:url'
import { describe, it } from 'node:test'
import { build } from 'esbuild'
import type { BuildOptions } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const MERCHANT = `${ROOT}merchant/`
/** What only Node has, and nobody on the web. */
const NODE_WORDS = /\b(?:Buffer|process|require|module|__dirname|__filename|global|setImmediate)\b/g

/** What a file and everything it imports needs: packages by name, and words of Node's. */
async function needsOf(source: Pick<BuildOptions, 'entryPoints' | 'stdin'>) {
  const { outputFiles, metafile } = await build({
    ...source,
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    platform: 'neutral',
    target: 'es2022',
    packages: 'external',
    minifyWhitespace: true,
    legalComments: 'none',
    logLevel: 'silent',
    outdir: '/out',
  })
  const [output] = outputFiles
  const imports = Object.values(metafile.outputs).flatMap((each) => each.imports)
  return {
    files: Object.keys(metafile.inputs),
    packages: [...new Set(imports.map(({ path }) => path))],
    nodeWords: [...new Set(output?.text.match(NODE_WORDS))],
  }
}

const ofText = (contents: string) =>
  needsOf({ stdin: { contents, resolveDir: MERCHANT, loader: 'ts' } })

describe('the merchant’s library', () => {
  it('needs jose, and nothing of Node’s', async () => {
    const { files, packages, nodeWords } = await needsOf({ entryPoints: [`${MERCHANT}index.ts`] })
    assert.deepEqual(packages, ['jose'])
    assert.deepEqual(nodeWords, [])
    assert.ok(files.some((file) => file.endsWith('merchant/verify-webhook.ts')))
    assert.ok(
      files.every((file) => /^(?:merchant|protocol)\//.test(file)),
      files.join(),
    )
  })

  it('needs nothing at all to verify a notification', async () => {
    const entryPoints = [`${MERCHANT}verify-webhook.ts`]
    const { files, packages, nodeWords } = await needsOf({ entryPoints })
    assert.deepEqual({ packages, nodeWords }, { packages: [], nodeWords: [] })
    assert.deepEqual(files, ['merchant/verify-webhook.ts'])
  })

  it('needs a jose that needs nothing of Node’s either', async () => {
    const entryPoints = [`${MERCHANT}index.ts`]
    // This platform knows no module of Node's: to import one ends the build.
    const { errors } = await build({
      entryPoints,
      bundle: true,
      write: false,
      platform: 'neutral',
      format: 'esm',
      outdir: '/out',
    })
    assert.deepEqual(errors, [])
  })

  it('and what stands in a comment is no need', async () => {
    const { nodeWords } = await ofText(`/** process, Buffer */ export const a = 1`)
    assert.deepEqual(nodeWords, [])
  })

  for (const [title, source, needs] of [
    ['a module', `import { hkdf } from 'node:crypto'; hkdf()`, { packages: ['node:crypto'] }],
    ['an old module', `import { hkdf } from 'crypto'; hkdf()`, { packages: ['crypto'] }],
    ['a late one', `await import('node:fs')`, { packages: ['node:fs'] }],
    ['a Buffer', `export const a = Buffer.from('')`, { nodeWords: ['Buffer'] }],
    ['the process', `export const a = process.env['A']`, { nodeWords: ['process'] }],
  ] as const) {
    it(`and this would see ${title} of Node’s`, async () => {
      const { packages, nodeWords } = await ofText(source)
      assert.deepEqual({ packages, nodeWords }, { packages: [], nodeWords: [], ...needs })
    })
  }
})
