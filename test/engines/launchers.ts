/**
 * How the element's tests start each engine.
 * @module
 */
import { chromeLauncher } from '@web/test-runner-chrome'
import { puppeteerLauncher } from '@web/test-runner-puppeteer'
import { webdriverLauncher } from '@web/test-runner-webdriver'
import type { BrowserLauncher, TestRunnerCoreConfig } from '@web/test-runner'
import { chromiumOptions } from './chromium.ts'
import { ENGINES, findFirefox, findWebKit, wantedEngines } from './engines.ts'
import type { EngineName } from './engines.ts'
import { startWebKitDriver } from './webkit-driver.ts'
import type { WebKitDriver } from './webkit-driver.ts'

const LAUNCHERS: Readonly<Record<EngineName, () => Promise<BrowserLauncher>>> = {
  chromium: async () => chromeLauncher({ launchOptions: await chromiumOptions(), concurrency: 2 }),

  // one page at a time: it does not draw those behind another
  firefox: async () => {
    const launchOptions = { browser: 'firefox' as const, executablePath: findFirefox() ?? '' }
    return puppeteerLauncher({ launchOptions, concurrency: 1 })
  },

  webkit: async () => launchWebKit(),
}

/** The launchers of the engines that are wanted and here, Chromium first. */
export async function engineLaunchers(): Promise<BrowserLauncher[]> {
  const names = wantedEngines(['chromium', 'firefox', 'webkit'])
  return Promise.all(
    names.map(async (name) =>
      Object.assign(await LAUNCHERS[name](), { name: ENGINES[name].title }),
    ),
  )
}

/** One page at a time: with several, its launcher would put the tests into frames. */
function launchWebKit(): BrowserLauncher {
  const programs = findWebKit()
  if (!programs) throw new Error('no WebKit')
  const options = {
    hostname: '127.0.0.1',
    port: 0,
    path: '/',
    automationProtocol: 'webdriver' as const,
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      'webkitgtk:browserOptions': { binary: programs.browser, args: ['--automation'] },
    },
  }
  const launcher = webdriverLauncher(options) as BrowserLauncher
  const initialize = launcher.initialize?.bind(launcher)
  const startSession = launcher.startSession.bind(launcher)
  const stop = launcher.stop?.bind(launcher)
  let driver: Promise<WebKitDriver> | undefined
  return Object.assign(launcher, {
    concurrency: 1,
    async initialize(config: TestRunnerCoreConfig) {
      await initialize?.(config, [])
      launcher.name = ENGINES.webkit.title
    },
    async startSession(id: string, url: string) {
      driver ??= startWebKitDriver(programs)
      options.port = (await driver).port
      await startSession(id, url)
    },
    async stop() {
      await stop?.()
      await driver?.then(({ close }) => close())
    },
  })
}
