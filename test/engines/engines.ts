/**
 * The engines that tests run in: which of them are wanted (`ENGINE=firefox,webkit`, otherwise all), and where they
 * are on this machine. One that is missing is left out, aloud; in CI, or where it was asked for, it is a failure.
 * @module
 */
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'

export type EngineName = 'chromium' | 'firefox' | 'webkit'

interface Engine {
  readonly title: string
  /** The Debian packages it comes with. */
  readonly packages: string
  readonly isHere: () => boolean
}

export const ENGINES: Readonly<Record<EngineName, Engine>> = {
  // npm brings it along: where it is missing, starting it says so
  chromium: { title: 'Chromium', packages: '', isHere: () => true },
  firefox: { title: 'Firefox', packages: 'firefox-esr', isHere: () => findFirefox() !== undefined },
  webkit: {
    title: 'WebKit',
    packages: 'webkit2gtk-driver xvfb',
    isHere: () => findWebKit() !== undefined,
  },
}

export interface WebKitPrograms {
  readonly driver: string
  readonly display: string
  readonly browser: string
}

/** `FIREFOX_PATH`, or the one that is installed. */
export function findFirefox(): string | undefined {
  const given = process.env['FIREFOX_PATH']
  if (given) return existsSync(given) ? given : undefined
  return findProgram('firefox-esr') ?? findProgram('firefox')
}

/** The driver, the browser that it drives, and a display that is in memory only. */
export function findWebKit(): WebKitPrograms | undefined {
  const driver = findProgram('WebKitWebDriver')
  const display = findProgram('Xvfb')
  const [browser] = globSync('/usr/{lib/*,lib,libexec}/webkit2gtk-4.1/MiniBrowser')
  return driver && display && browser ? { driver, display, browser } : undefined
}

/** Those of `names` that are wanted and here. */
export function wantedEngines(names: readonly EngineName[]): readonly EngineName[] {
  const { ENGINE, CI } = process.env
  const asked = ENGINE?.split(',')
  const unknown = asked?.find((name) => !Object.hasOwn(ENGINES, name))
  if (unknown !== undefined)
    throw new Error(`ENGINE=${unknown} is none of ${Object.keys(ENGINES).join(', ')}`)
  return names.filter((name) => {
    if (asked && !asked.includes(name)) return false
    const { title, packages, isHere } = ENGINES[name]
    if (isHere()) return true
    const text = `${title} is not on this machine (Debian: apt-get install ${packages})`
    if (asked || (CI && CI !== 'false')) throw new Error(text)
    process.stdout.write(`${text}: its tests are left out.\n`)
    return false
  })
}

function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}
