/**
 * The sandbox as a process: `node sandbox/server.ts`.
 *
 * Ports: `SANDBOX_CONTROL_PORT` (4010), then `SANDBOX_<NAME>_PORT` in the order of the providers'
 * table: cryptom 4011, redoya 4012, lipaykripto 4013, paycrypto 4014, lincoln 4015;
 * `SANDBOX_HOSTNAME` (localhost). Prints one JSON line for each server, `{name, url}`.
 *
 * @module
 */
import process from 'node:process'
import { PROVIDER_NAMES } from './providers/index.ts'
import { startSandbox } from './start.ts'
import type { ServerName } from './start.ts'

const FIRST_PORT = 4010

const names: readonly ServerName[] = ['control', ...PROVIDER_NAMES]
const ports = Object.fromEntries(names.map((name, index) => [name, readPort(name, index)]))
const hostname = process.env['SANDBOX_HOSTNAME'] ?? 'localhost'

const sandbox = await startSandbox({ ports, hostname })
for (const name of names) {
  process.stdout.write(`${JSON.stringify({ name, url: sandbox.urls[name] })}\n`)
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close())
}

function readPort(name: ServerName, index: number): number {
  const variable = `SANDBOX_${name.toUpperCase()}_PORT`
  const text = process.env[variable] ?? String(FIRST_PORT + index)
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (!(port <= 65_535)) throw new Error(`${variable} is no port.`)
  return port
}
