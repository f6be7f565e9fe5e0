/**
 * The edge: T19 (pages to come back to), T24 (ids that nobody was given), T28 (limits), T29 (bodies that
 * any page can send), T30 (the merchant's key), T34 (verbs).
 * @module
 */
import { group } from '../mutant.ts'

const LIMITS = ['proxy/limits']

export const EDGE = [
  ...group({ threat: 'T28', file: 'proxy/limits.ts', tests: LIMITS }, [
    {
      id: 'address',
      control: 'an address is counted',
      find: 'byAddress: guard(address, addressOf)',
      replace: 'byAddress: guard(address, () => undefined)',
      only: 'told to wait',
    },
    {
      id: 'readers',
      control: 'those who only read are counted, too',
      find: 'manyReaders: (c) => takeIfKnown(readers, addressOf(c))',
      replace: 'manyReaders: () => NOTHING',
      only: 'fifty times as much',
    },
    {
      id: 'many-readers',
      control: 'a thousand widgets behind one address may poll',
      find: 'const READERS = 50',
      replace: 'const READERS = 5',
      only: 'a thousand widgets',
    },
    {
      id: 'checkout',
      control: 'the actions of a checkout are counted, whoever sends them',
      find: "guard(checkout, (c) => ifIt(isCheckoutId, c.req.param('id')))",
      replace: 'guard(checkout, () => undefined)',
      only: 'thirty actions',
    },
    {
      id: 'capability',
      control: 'the notifications of one address are counted',
      find: 'await takeIfKnown(capability, ifIt(isToken, token))',
      replace: '',
      only: 'ten notifications a minute',
    },
    {
      id: 'returns',
      control: 'the visits of one return link are counted',
      find: "guard(returns, (c) => ifIt(isToken, c.req.param('token')))",
      replace: 'guard(returns, () => undefined)',
      only: 'comes back ten times',
    },
    {
      id: 'merchant',
      control: 'a merchant’s key has a limit',
      find: 'byKey: merchants',
      replace: 'byKey: () => NOTHING',
      only: 'a limit of its own',
    },
    {
      id: 'bounded',
      control: 'what is counted is forgotten before it fills the memory',
      find: 'for (const forgotten of older) void limiter.delete(forgotten)',
      replace: '',
      only: 'does not grow',
    },
    {
      id: 'quiet',
      control: 'a flood does not fill the log',
      find: 'if (now - saidAt < seconds * 1000) return',
      replace: '',
      only: 'it is said once',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/guard.ts', tests: LIMITS, only: 'it is said once' }, [
    {
      id: 'quiet-answers',
      control: 'a refused request is not logged each time',
      find: "if (code !== 'rate_limited') {",
      replace: '{',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/client-address.ts', tests: ['proxy/client-address'] }, [
    {
      id: 'forwarded',
      control: 'X-Forwarded-For counts where a proxy of ours wrote it',
      find: '(peer.isTrusted && readForwarded(',
      replace: '(readForwarded(',
    },
    {
      id: 'rightmost',
      control: 'what the browser wrote into it does not count',
      find: 'if (!isTrusted(address)) break',
      replace: '',
    },
    {
      id: 'by-64',
      control: 'an IPv6 customer is one address',
      find: '.slice(0, 4)',
      replace: '',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/app.ts', tests: LIMITS }, [
    {
      id: 'plain-refusal',
      control: 'a notification that is put off gets no JSON',
      find: "reply(c, 'try again later', status, { ...PLAIN_TYPE, ...RETRY })",
      replace: "replyJson(c, 'try again later', status)",
      only: 'ten notifications a minute',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/attempts.ts', tests: ['proxy/attempts'] }, [
    {
      id: 'attempts',
      control: 'a checkout reserves three things at a time',
      find: 'checkAttempts(aggregate, options.maxAttempts, now())',
      replace: '',
    },
    {
      id: 'attempts-lost',
      file: 'proxy/attempt-limit.ts',
      control: 'one whose answer was lost counts',
      find: 'room -= isLost(payment) ? 0.5 : 1',
      replace: 'room -= isLost(payment) ? 0 : 1',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/server.ts', tests: ['proxy/lines'] }, [
    {
      id: 'slow-headers',
      control: 'a line that never ends its headers is closed',
      find: '    serverOptions: lineLimits,\n',
      replace: '',
      only: 'never ends its headers',
    },
    {
      id: 'host',
      control: 'the proxy listens where it is told to',
      find: '...(host !== undefined && { hostname: host }),',
      replace: '',
      only: 'the one address',
    },
  ]),
  ...group({ threat: 'T30', file: 'proxy/limits.ts', tests: LIMITS, only: 'ten wrong ones' }, [
    {
      id: 'guesses',
      control: 'wrong keys are counted',
      find: 'wrongKey: (c) => takeIfKnown(wrongKeys, addressOf(c))',
      replace: 'wrongKey: () => NOTHING',
    },
  ]),
  ...group({ threat: 'T30', file: 'proxy/merchant-key.ts', tests: ['proxy/edge'] }, [
    {
      id: 'key',
      control: 'the merchant’s routes want its key',
      find: "if (scheme.toLowerCase() !== 'bearer' || known < 0 || more.length > 0) {",
      replace: "if (scheme.toLowerCase() !== 'bearer' && known < 0) {",
      only: 'to a wrong key',
    },
  ]),
  ...group({ threat: 'T29', file: 'proxy/body.ts', tests: ['proxy/edge'] }, [
    {
      id: 'twice',
      control: 'a body that says one thing twice is refused',
      find: 'if (hasRepeatedMember) throw',
      replace: 'if (depth < 0) throw',
      only: 'is there twice',
    },
    {
      id: 'depth',
      control: 'a body that lies too deep is refused',
      find: 'const MAX_DEPTH = 16',
      replace: 'const MAX_DEPTH = 1e9',
      only: 'lies deeper',
    },
    {
      id: 'type',
      control: 'a form’s type is refused whatever is in it',
      find: "if (type !== 'application/json') {",
      replace: "if (!type?.includes('json')) {",
      only: 'of type',
    },
  ]),
  ...group({ threat: 'T29', file: 'proxy/webhooks.ts', tests: ['proxy/one-meaning'] }, [
    {
      id: 'notified-twice',
      control: 'a notification that says one thing twice is refused',
      find: 'if (isAmbiguous(body))',
      replace: 'if (body === token)',
    },
  ]),
  ...group({ threat: 'T24', file: 'proxy/app.ts', tests: ['proxy/edge'] }, [
    {
      id: 'malformed',
      control: 'what could not be an id is looked up nowhere',
      find: "if (!isCheckoutId(id)) throw new ProxyError('not_found')",
      replace: "if (!isCheckoutId(id)) throw new ProxyError('invalid_request')",
      only: 'answered alike',
    },
  ]),
  ...group({ threat: 'T19', file: 'proxy/shopper-input.ts', tests: ['proxy/edge'] }, [
    {
      id: 'in-full',
      control: 'a page is an address in full, and of the web',
      find: '/^https?:\\/\\/[!-[\\]-~]+$/i',
      replace: '/^[!-[\\]-~]+$/',
      only: 'pages to come back to',
    },
  ]),
  ...group({ threat: 'T34', file: 'proxy/guard.ts', tests: ['proxy/edge'] }, [
    {
      id: 'allow',
      control: 'another verb is told apart from another path',
      find: "if (allow === '') return",
      replace: "if (allow !== 'never') return",
      only: 'knows',
    },
    {
      id: 'head',
      control: 'HEAD runs no handler',
      find: "if (c.req.method === 'HEAD') return Promise.resolve(c.notFound())\n    if",
      replace: 'if',
      only: 'HEAD runs nothing',
    },
  ]),
]
