/**
 * Copies the themes to where the package exports them from: `node scripts/copy-themes.mjs [folder]`.
 * @module
 */
import { cpSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const to = process.argv[2] ?? `${ROOT}dist/themes`

rmSync(to, { recursive: true, force: true })
cpSync(`${ROOT}widget/themes`, to, { recursive: true })
