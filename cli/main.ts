#!/usr/bin/env node
/**
 * `crypto-checkout <command>`. Exits with 0, with 1 where it failed, with 2 where it was called wrongly.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from './package.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  try {
    return await (await import('./program.ts')).runProgram(args)
  } catch (error) {
    process.stderr.write(`crypto-checkout: ${describe(error)}\n`)
    return 1
  }
}

/** The libraries of the server are optional peers: whoever has the widget alone has none of them. */
function describe(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const missing = /Cannot find package '([^']+)'/.exec(message)?.[1]
  if (missing === undefined) return message
  return `${missing} is not installed. What belongs to the server is optional, all of it:
  npm install ${serverPeers().join(' ')}`
}

/** Pages bring theirs in any version from the oldest on; of these, one major is meant. */
function serverPeers(): readonly string[] {
  const text = readFileSync(join(packageRoot(), 'package.json'), 'utf8')
  const { peerDependencies } = JSON.parse(text) as {
    readonly peerDependencies: Readonly<Record<string, string>>
  }
  return Object.entries(peerDependencies)
    .filter(([, range]) => range.startsWith('^'))
    .map(([name, range]) => `${name}@${range}`)
}
