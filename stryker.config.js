/**
 * Mutants by the hundred in what signs, verifies, projects and calculates: `npm run mutate`, or a part of it
 * with `npm run mutate -- --mutate protocol/money.ts`. At least nine of ten must turn a test red.
 *
 * Each test file is a process of its own; a mutant runs those that reach it, up to the first failure. So
 * only quick ones are listed: what they prove, they prove without a socket or a store.
 * @module
 */
export default {
  testRunner: 'tap',
  plugins: ['@stryker-mutator/tap-runner'],
  tap: {
    testFiles: [
      'test/protocol/{money,sums,facts,checkout-status,deciding-attempt,address}.test.ts',
      'test/proxy/{ids,json-decimal,json-text,order-claims,receipt-claims}.test.ts',
      'test/proxy/{policy,verdicts,vault,sealed,leak}.test.ts',
      'test/proxy/proof-*.test.ts',
      'test/proxy/providers/{price,redoya-identifier,cryptom-transaction,lincoln-order}.test.ts',
      'test/proxy/providers/{lipaykripto-notice,paycrypto-order,paycrypto-webhook,vectors}.test.ts',
      'test/merchant/{sign-order,verify-receipt,receipt-keys,refusals,verify-webhook}.test.ts',
      'test/console/{advice,csv}.test.ts',
    ],
    nodeArgs: ['--test-reporter=tap', '-r', '{{hookFile}}', '{{testFile}}'],
    forceBail: true,
  },
  mutate: [
    'protocol/{money,projection,status,checkout-status}.ts',
    'merchant/{receipt,sign-order,verify-receipt,verify-webhook}.ts',
    'console/{advice,csv}.ts',
    'proxy/{ids,json-decimal,json-text,leak,order-token,policy,publication,vault}.ts',
    'proxy/providers/{price,redoya,redoya-identifier,cryptom-transaction}.ts',
    'proxy/providers/{lincoln-ipn,lincoln-order,lincoln-signing}.ts',
    'proxy/providers/{lipaykripto,lipaykripto-notice,lipaykripto-payouts,lipaykripto-status}.ts',
    'proxy/providers/{paycrypto-order,paycrypto-signing,paycrypto-webhook}.ts',
  ],
  // The types are not part of it, and the compiler here is a native one that Stryker cannot call.
  tsconfigFile: 'none',
  checkers: [],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  timeoutMS: 15_000,
  tempDirName: '.cache/stryker',
  ignorePatterns: ['.cache', 'dist', 'docs', 'bench'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  jsonReporter: { fileName: '.cache/results/mutation.json' },
  clearTextReporter: { reportTests: false, allowColor: false },
  thresholds: { high: 95, low: 90, break: 90 },
}
