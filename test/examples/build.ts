/**
 * Builds an example by the command that its README names.
 * @module
 */
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ExampleName } from '../../examples/shared/policy.ts'

const EXAMPLES = join(import.meta.dirname, '../../examples')

/** Rejects with its output where it does not work out. */
export async function buildExample(name: ExampleName): Promise<void> {
  const cwd = join(EXAMPLES, name)
  rmSync(join(cwd, 'dist'), { recursive: true, force: true })
  const isWindows = process.platform === 'win32'
  await promisify(execFile)('npm', ['run', 'build'], { cwd, shell: isWindows }).catch(
    (error: Error & { stdout: string }) => {
      throw new Error(`${error.message}\n${error.stdout}`)
    },
  )
}
