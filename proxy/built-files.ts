/**
 * What was built for browsers, as it lies beside the proxy. A bundle that has no disk holds it instead:
 * `scripts/bundle-worker.mjs`.
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import type { ProxyOptions } from './create-proxy.ts'

/** The widget's script and languages, and the console; each left out where it was not built. */
export function builtFiles(): Pick<ProxyOptions, 'widgetFiles' | 'consoleFiles'> {
  const widgetFiles = readBuilt('', /^crypto-checkout\.([a-z]{2}\.txt|js)$/)
  const consoleFiles = readBuilt('console/', /\.(html|js|css)$/)
  return { ...(widgetFiles && { widgetFiles }), ...(consoleFiles && { consoleFiles }) }
}

/** In `dist/` when the sources run, else beside the built proxy. */
function readBuilt(folder: string, names: RegExp): Record<string, string> | undefined {
  const places = [`../dist/${folder}`, `../${folder}`].map(
    (place) => new URL(place, import.meta.url),
  )
  for (const place of places) {
    const found = existsSync(place) ? readdirSync(place).filter((name) => names.test(name)) : []
    if (found.length > 0)
      return Object.fromEntries(
        found.map((name) => [name, readFileSync(new URL(name, place), 'utf8')]),
      )
  }
  return undefined
}
