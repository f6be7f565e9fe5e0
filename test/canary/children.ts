/**
 * Processes that a test starts: they are overheard as the test itself is, and what they print is written
 * down.
 * @module
 */
import childProcess from 'node:child_process'
import { syncBuiltinESMExports } from 'node:module'
import process from 'node:process'
import { nameOfRun, record } from './recorder.ts'

/** Not the stand-ins of the providers, who have secrets of their own. */
const PRINTS = /\/(proxy|cli|demo)\/|proxy-entry\.ts$/

interface SpawnOptions {
  env?: NodeJS.ProcessEnv
}

/** Every Node that is started from now on loads `preload` first, however clean its environment is. */
export function followChildren(preload: string): void {
  const { spawn, spawnSync, fork } = childProcess
  const change =
    (start: (...args: readonly unknown[]) => unknown) =>
    (command: string, ...rest: unknown[]): unknown => {
      const args = Array.isArray(rest[0]) ? (rest[0] as string[]) : []
      const options = (Array.isArray(rest[0]) ? rest[1] : rest[0]) as SpawnOptions | undefined
      if (command !== process.execPath) return start(command, ...rest)
      const followed = [command, ['--import', preload, ...args], withFolder(options, args)]
      return start(...followed)
    }
  childProcess.spawn = change(spawn as never) as typeof spawn
  childProcess.spawnSync = change(spawnSync as never) as typeof spawnSync
  // A fork has the flags of its parent, `--import` among them.
  childProcess.fork = ((entry: string, ...rest: unknown[]) => {
    const args = Array.isArray(rest[0]) ? (rest[0] as string[]) : []
    const options = (Array.isArray(rest[0]) ? rest[1] : rest[0]) as SpawnOptions | undefined
    return fork(entry, args, withFolder(options, [entry]) as never)
  }) as typeof fork
  syncBuiltinESMExports()
}

function withFolder(options: SpawnOptions = {}, args: readonly string[]): SpawnOptions {
  const isHeard = args.some((each) => PRINTS.test(each))
  return {
    ...options,
    env: {
      CANARY_DIR: process.env['CANARY_DIR'],
      CANARY_FROM: nameOfRun(),
      ...(options.env ?? process.env),
      ...(isHeard && { CANARY_OUTPUT: '1' }),
    },
  }
}

/** In such a process: what it prints, and what it dies of. */
export function hearOutput(): void {
  if (process.env['CANARY_OUTPUT'] === undefined) return
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean
    stream.write = (...args: unknown[]) => {
      const [chunk] = args
      record('output', Buffer.isBuffer(chunk) ? chunk.toString() : String(chunk))
      return write(...args)
    }
  }
  process.on('uncaughtExceptionMonitor', (error) => record('output', error.stack ?? String(error)))
}
