/**
 * `npm run gallery:update`: takes the gallery's pictures anew, instead of comparing them.
 * @module
 */
import { spawnSync } from 'node:child_process'

const { status } = spawnSync(process.execPath, ['--test', 'test/gallery/gallery.test.ts'], {
  stdio: 'inherit',
  env: { ...process.env, GALLERY_UPDATE: '1' },
})
process.exitCode = status ?? 1
