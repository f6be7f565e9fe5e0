/**
 * The code in TypeScript passes the compiler under its strictest rules, templates of Angular with it.
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { after, describe, it } from 'node:test'
import { promisify } from 'node:util'
import { parse } from 'vue/compiler-sfc'
import { BACK_ENDS, FRONT_ENDS } from '../../demo/shop/scripts/playground/snippets/index.ts'
import type { Embedding } from '../../demo/shop/scripts/playground/snippets/index.ts'
import { least, most, SOURCES } from './snippets/embeddings.ts'
import { ROOT, withoutFolder } from './snippets/machine.ts'

const ANGULAR = 'examples/angular/node_modules/@angular/compiler-cli'
/** The package is its sources here. */
const PATHS = {
  'crypto-checkout': ['../../widget/index.ts'],
  'crypto-checkout/define': ['../../widget/define.ts'],
  'crypto-checkout/types/*': ['../../frameworks/types/*.ts'],
  'crypto-checkout/merchant': ['../../merchant/index.ts'],
}
/** Types of what the sources import. */
const LIBRARY = '../../widget/**/*.d.ts'
const OPTIONS = {
  target: 'ES2024',
  module: 'preserve',
  moduleResolution: 'bundler',
  lib: ['ES2024', 'DOM', 'DOM.Iterable'],
  types: ['node'],
  jsx: 'react-jsx',
  strict: true,
  noUncheckedIndexedAccess: true,
  noImplicitReturns: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** Bundlers bring it. */
const STYLES = `declare module '*.css' {}`

mkdirSync(join(ROOT, '.cache'), { recursive: true })
// In the project, so that what the code imports is found.
const folder = mkdtempSync(join(ROOT, '.cache/snippets-'))
writeFileSync(join(folder, 'styles.d.ts'), STYLES)
after(() => rmSync(folder, { recursive: true, force: true }))

const EMBEDDINGS: Readonly<Record<string, Embedding>> = Object.fromEntries(
  SOURCES.flatMap((source) => [
    [source, least(source)],
    [`${source}-most`, most(source)],
    [`${source}-dialog`, dialog(most(source))],
  ]),
)

describe('the types of the code', () => {
  it('are right for pages and for Node', { timeout: 60_000 }, async () => {
    const files = [...FRONT_ENDS, ...BACK_ENDS]
      .filter(({ id }) => id !== 'angular')
      .flatMap(({ id, code }) =>
        Object.entries(EMBEDDINGS).map(([name, embedding]) =>
          write(`${name}-${id}`, id, code(embedding)),
        ),
      )
    assert.equal(files.filter(Boolean).length, 5 * Object.keys(EMBEDDINGS).length)
    await check('tsc', join(ROOT, 'node_modules/typescript/bin/tsc'), { include: ['*', LIBRARY] })
  })

  it('are wrong where a name is', { timeout: 60_000 }, async () => {
    const { code } = FRONT_ENDS.find(({ id }) => id === 'react') ?? assert.fail()
    const wrong = code(most('token')).replace('theme="dark"', 'theme="dim"')
    const file = write('wrong', 'react', wrong)
    await assert.rejects(
      check('wrong', join(ROOT, 'node_modules/typescript/bin/tsc'), {
        include: [file, 'styles.d.ts', LIBRARY],
      }),
      /dim/,
    )
  })

  it('are right for Angular', { skip: withoutFolder(ANGULAR), timeout: 90_000 }, async () => {
    const { code } = FRONT_ENDS.find(({ id }) => id === 'angular') ?? assert.fail()
    mkdirSync(join(folder, 'angular'))
    for (const [name, embedding] of Object.entries(EMBEDDINGS)) {
      writeFileSync(join(folder, 'angular', `${name}.ts`), code(embedding))
    }
    await check('ngc', join(ROOT, ANGULAR, 'bundles/src/bin/ngc.js'), {
      include: ['angular', LIBRARY],
    })
  })
})

function dialog({ attributes: { open: _open, ...attributes }, ...rest }: Embedding): Embedding {
  return { ...rest, attributes: { ...attributes, mode: 'modal' } }
}

/** The file, or '' for a language that is not this one. */
function write(name: string, id: string, code: string): string {
  const endings: Record<string, string> = {
    react: 'tsx',
    esm: 'ts',
    node: 'ts',
    vue: 'ts',
    svelte: 'ts',
  }
  const ending = endings[id]
  if (!ending) return ''
  const file = `${name}.${ending}`
  writeFileSync(join(folder, file), scriptOf(id, code))
  return file
}

/** Their templates are no TypeScript. */
function scriptOf(id: string, code: string): string {
  if (id === 'vue') return parse(code).descriptor.scriptSetup?.content ?? assert.fail()
  if (id !== 'svelte') return code
  return `import 'svelte'\n${/<script lang="ts">([\s\S]*?)<\/script>/.exec(code)?.[1] ?? assert.fail()}`
}

async function check(name: string, program: string, more: object): Promise<void> {
  const config = join(folder, `tsconfig.${name}.json`)
  const angularCompilerOptions = { strictTemplates: true }
  const content = { compilerOptions: { ...OPTIONS, paths: PATHS }, angularCompilerOptions, ...more }
  writeFileSync(config, JSON.stringify(content))
  await promisify(execFile)(process.execPath, [program, '--project', config]).catch(
    (error: Error & { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout}${error.stderr}`)
    },
  )
}
