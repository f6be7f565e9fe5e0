/**
 * Builds what browsers get: the widget with its languages, and the merchant's console. Runs on Node 20.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { NODE } from './ensure-install.mjs'

const CONFIGS = ['vite.config.ts', 'console/vite.config.ts']

/** What it is built from. */
export const SOURCES = ['widget', 'protocol', 'build', 'console', 'vite.config.ts']

/** Whether all of it could be built. */
export function buildBrowser(logLevel = 'warn') {
  return CONFIGS.every((config) => {
    const vite = ['node_modules/vite/bin/vite.js', 'build', '--config', config]
    const { status } = spawnSync(NODE, [...vite, '--logLevel', logLevel], { stdio: 'inherit' })
    return status === 0
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(buildBrowser() ? 0 : 1)
