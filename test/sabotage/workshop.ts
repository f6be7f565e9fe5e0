/**
 * A copy of the project in a folder of its own, where things may be broken and tests run.
 * @module
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { applyEdit, isCheck, testFile } from './mutant.ts'
import type { Edit } from './mutant.ts'

/** What one test file said. */
export interface TestRun {
  readonly green: readonly string[]
  /** The first that failed; what comes after it is not waited for. */
  readonly red: string | undefined
  /** It ended by itself, without a failure of its own or of a test. */
  readonly isWhole: boolean
  /** What it wrote besides. */
  readonly lastWords: string
}

export interface Workshop {
  /** Runs a test file, up to its first failure. */
  test(name: string, only?: string): Promise<TestRun>
  /** Runs `task` while the files are broken in this way. */
  broken<T>(edits: readonly Edit[], task: () => Promise<T>): Promise<T>
  close(): void
}

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** What is in the copy, where it is there. */
const COPIED =
  `
  protocol proxy widget frameworks console build merchant sandbox cli demo examples scripts test docs rules
  package.json package-lock.json .npmrc sgconfig.yml .env.example README.md
  tsconfig.base.json vite.config.ts web-test-runner.config.js
`.match(/\S+/g) ?? []
/** In the examples. */
const INSTALLED_OR_BUILT = /\/(node_modules|dist)$/
const MARK = 'sabotage:'
const TOO_LONG_MS = 90_000
const LAST_WORDS = 2000
/** These are of a browser, but need none. */
const PAGELESS = /^widget\/core\//

export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'sabotage-'))
  for (const name of COPIED) {
    cpSync(join(ROOT, name), join(folder, name), {
      recursive: true,
      errorOnExist: false,
      force: true,
      filter: (path) => !INSTALLED_OR_BUILT.test(path),
    })
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))

  function commandFor(name: string, only: string | undefined): readonly string[] {
    const file = testFile(name)
    if (isCheck(name)) return [file]
    if (name.startsWith('widget/') && !PAGELESS.test(name)) {
      const runner = 'node_modules/@web/test-runner/dist/bin.js'
      return [runner, '--config', 'test/sabotage/browser.config.js', '--files', file]
    }
    return [
      ...(PAGELESS.test(name) ? ['--import', './test/sabotage/browser-words.ts'] : []),
      '--test-reporter=./test/sabotage/first-failure.mjs',
      ...(only === undefined ? [] : [`--test-name-pattern=${only}`]),
      file,
    ]
  }

  function test(name: string, only?: string): Promise<TestRun> {
    const { promise, resolve } = Promise.withResolvers<TestRun>()
    const green: string[] = []
    let red: string | undefined
    let lastWords = ''
    // A group of its own: whatever a test had started ends with it.
    const child = spawn(process.execPath, commandFor(name, only), { cwd: folder, detached: true })
    const end = (): void => {
      if (child.pid === undefined) return
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {
        // All of it was gone already.
      }
    }
    const timer = setTimeout(() => {
      lastWords += `took more than ${TOO_LONG_MS / 1000} s`
      end()
    }, TOO_LONG_MS)
    const hear = (line: string): void => {
      lastWords = `${lastWords}${line}\n`.slice(-LAST_WORDS)
    }
    createInterface(child.stderr).on('line', hear)
    createInterface(child.stdout).on('line', (line) => {
      if (!line.startsWith(MARK)) return hear(line)
      const { name: full, isGreen } = JSON.parse(line.slice(MARK.length)) as Line
      if (isGreen) green.push(full)
      else if (red === undefined) {
        red = full
        end()
      }
    })
    child.on('close', (code) => {
      clearTimeout(timer)
      end()
      // A check names no tests: it is one.
      if (isCheck(name) && code === 0) green.push(name)
      else if (isCheck(name)) red = firstLine(lastWords)
      resolve({ green, red, isWhole: code === 0 && red === undefined, lastWords })
    })
    return promise
  }

  return {
    test,
    async broken(edits, task) {
      const files = [...new Set(edits.map(({ file }) => join(folder, file)))]
      const whole = files.map((file) => readFileSync(file, 'utf8'))
      try {
        for (const edit of edits) {
          const file = join(folder, edit.file)
          writeFileSync(file, applyEdit(readFileSync(file, 'utf8'), edit))
        }
        return await task()
      } finally {
        files.forEach((file, index) => writeFileSync(file, whole[index] ?? ''))
      }
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? ''

interface Line {
  readonly name: string
  readonly isGreen: boolean
}
