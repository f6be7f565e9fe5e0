/**
 * The servers of the snippets, each run as its reader would run it.
 * @module
 */
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { createPorts } from '../../../demo/ports.ts'
import { ROOT } from './machine.ts'

export interface ShopServer {
  readonly url: string
  /** What it wrote so far. */
  output(): string
  /** Waits until it has written that: what it answers may come first. */
  says(text: RegExp): Promise<void>
  close(): Promise<void>
}

interface Language {
  readonly fileName: string
  /** Where it is not installed it is left out. */
  readonly needs: string | null
  command(file: string, port: number): readonly [command: string, ...args: string[]]
}

export const LANGUAGES: Readonly<Record<string, Language>> = {
  node: {
    fileName: 'server.ts',
    needs: null,
    command: (file) => [process.execPath, file.replace('.ts', '.mjs')],
  },
  php: {
    fileName: 'server.php',
    needs: 'php',
    command: (file, port) => ['php', '-S', `localhost:${port}`, file],
  },
  python: { fileName: 'server.py', needs: 'python3', command: (file) => ['python3', '-u', file] },
}

const PATIENCE_MS = 10_000

/** Starts it on a free port of this machine. */
export async function startServer(
  id: string,
  code: string,
  secrets: Readonly<Record<string, string>>,
): Promise<ShopServer> {
  const { fileName, command } = LANGUAGES[id] ?? assert.fail(id)
  const folder = mkdtempSync(join(tmpdir(), 'cc-snippets-'))
  const file = join(folder, fileName)
  writeFileSync(file, code)
  if (id === 'node') await bundle(file)
  const port = await createPorts().find(0)
  const [program, ...args] = command(file, port)
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...process.env, ...secrets, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  }
  const ended = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve()
    })
    child.once('exit', () => resolve())
  })
  const url = `http://localhost:${port}`
  const answers = async (): Promise<boolean> => {
    const answer = await fetch(`${url}/nothing`, { method: 'POST' }).catch(() => undefined)
    return answer?.status === 404
  }
  const close = async (): Promise<void> => {
    child.kill()
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  const isUp = await Promise.race([eventually(answers), ended.then(() => false)])
  if (!isUp) await close()
  assert.ok(isUp, output)
  return {
    url,
    output: () => output,
    async says(text) {
      const isThere = await eventually(() => text.test(output))
      assert.ok(isThere, output)
    },
    close,
  }
}

/** Runs a script of a shell, in which `npx crypto-checkout` is the project's own; the lines that it writes. */
export async function runShell(
  code: string,
  secrets: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const cli = `'${process.execPath}' '${join(ROOT, 'cli/main.ts')}'`
  const npx = `npx() { shift; ${cli} "$@"; }\n`
  const env = { ...process.env, ...secrets }
  const { stdout } = await promisify(execFile)('sh', ['-c', npx + code], { env, cwd: tmpdir() })
  return stdout.split('\n')
}

/** The package is its sources here. */
async function bundle(file: string): Promise<void> {
  await build({
    entryPoints: [file],
    outfile: file.replace('.ts', '.mjs'),
    alias: { 'crypto-checkout/merchant': join(ROOT, 'merchant/index.ts') },
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'silent',
  })
}

async function eventually(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    if (await isSo()) return true
    await new Promise((resolve) => void setTimeout(resolve, 50))
  }
  return false
}
