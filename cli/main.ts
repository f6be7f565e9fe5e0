#!/usr/bin/env node
/**
 * `crypto-checkout <command>`. Exits with 0, with 1 where it failed, with 2 where it was called wrongly.
 * @module
 */
import { NEEDED_NODE, isTooOld } from './node-version.ts'

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  if (isTooOld(process.versions.node)) {
    const found = `this is ${process.version}`
    process.stderr.write(`crypto-checkout: Node ${NEEDED_NODE} or newer is needed; ${found}.\n`)
    return 1
  }
  try {
    return await (await import('./program.ts')).runProgram(args)
  } catch (error) {
    process.stderr.write(
      `crypto-checkout: ${error instanceof Error ? error.message : String(error)}\n`,
    )
    return 1
  }
}
