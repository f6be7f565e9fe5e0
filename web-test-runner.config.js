/**
 * The element's tests, in real engines: Chromium, Firefox and WebKit, as far as they are here, or those
 * that `ENGINE` names.
 * @module
 */
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter } from '@web/test-runner'
import { engineLaunchers } from './test/engines/launchers.ts'
import { countReporter } from './test/engines/report.ts'
import { serveBuild, serveBundled } from './test/engines/served.ts'

export default {
  files: 'test/widget/**/*.test.ts',
  nodeResolve: { exportConditions: ['production', 'default'] },
  // WebKit's; the others have their own
  concurrency: 1,
  concurrentBrowsers: 1,
  plugins: [serveBundled(), serveBuild(), esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: await engineLaunchers(),
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter(),
  ],
  testFramework: { config: { ui: 'bdd', timeout: 15_000 } },
  testsFinishTimeout: 240_000,
}
