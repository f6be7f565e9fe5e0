/**
 * The element, in a real browser: T16 (what is shown to pay to), T18 (markup), T19 (coming back); and the
 * project's own lint rules, which keep such things out (T14, T18, T23, T26).
 * @module
 */
import { group } from '../mutant.ts'

const RULES = ['scripts/check-rules']

export const BROWSER = [
  ...group({ threat: 'T18', file: 'widget/views/notice.ts', tests: ['widget/states'] }, [
    {
      id: 'our-words',
      control: 'an error is told in our words, never in those of the answer',
      find: 'errorText(t, state, code),',
      replace:
        'state.error ? [String(state.error.message), code] as never : errorText(t, state, code),',
    },
  ]),
  ...group({ threat: 'T19', file: 'widget/redirect.ts', tests: ['widget/redirect'] }, [
    {
      id: 'returned-id',
      control: 'what stands in the page’s own address is an id, or nothing',
      find: 'return id && ID.test(id) ? id : null',
      replace: 'return id || null',
    },
    {
      id: 'opener',
      control: 'a payment page cannot reach the page that opened it',
      find: 'target.opener = null',
      replace: '',
    },
  ]),
  ...group({ threat: 'T14', file: 'proxy/merchant-key.ts', tests: RULES }, [
    {
      id: 'lint',
      control: 'no secret is compared in a time that tells how far it came',
      find: 'isSameSecret(each, key)',
      replace: 'each === key',
    },
  ]),
  ...group({ threat: 'T18', file: 'widget/focus.ts', tests: RULES }, [
    {
      id: 'lint',
      control: 'the element holds nothing that makes markup of text',
      find: 'flow.announcer.say(title.textContent)',
      replace: "flow.announcer.say((title.innerHTML = title.textContent ?? ''))",
    },
  ]),
  ...group({ threat: 'T23', file: 'widget/views/choose.ts', tests: RULES }, [
    {
      id: 'lint',
      control: 'the element does nothing that a strict policy forbids',
      find: "import { html, nothing } from 'lit'",
      replace:
        "import { html, nothing } from 'lit'\nimport { styleMap } from 'lit/directives/style-map.js'\nvoid styleMap",
    },
  ]),
  ...group({ threat: 'T26', file: 'proxy/providers/redoya.ts', tests: RULES }, [
    {
      id: 'lint',
      control: 'nothing goes out but through the one way out',
      find: 'const { type } = expectShape(errorShape, body)',
      replace:
        "const { type } = expectShape(errorShape, body)\n      if (type === 'x') await fetch('https://elsewhere.example/')",
    },
  ]),
  ...group({ threat: 'T16', file: 'widget/views/transfer.ts', tests: ['widget/transfer'] }, [
    {
      id: 'own-link',
      control: 'the link in the code is made from the address that was checked',
      find: 'return paymentUri(row, address, due)',
      replace: "return { uri, preferred: 'uri' }",
    },
  ]),
]
