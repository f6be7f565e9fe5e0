/**
 * In a dialog, behind a button, switched off.
 * @module
 */
import { fill } from '../../../widget/locales/fill.ts'
import { STATES, checkout, transferring } from '../fixtures.ts'
import { shows } from '../scene.ts'
import type { Scene } from '../scene.ts'

const DIALOG = { mode: 'modal', open: '' }
const paid = STATES['paid'] ?? checkout()

export const MODE_SCENES: readonly Scene[] = [
  shows('button', 'A button', checkout(), (t) => t.pay, { attributes: { mode: 'button' } }),
  shows('button-paid', 'The button, once paid', paid, (t) => t.outcomes.paid[0], {
    attributes: { mode: 'button' },
    steps: [{ click: (t) => t.pay }, { see: (t) => t.outcomes.paid[0] }, { part: 'close' }],
    frame: {},
  }),
  shows('dialog', 'A dialog', checkout(), (t) => t.choose, {
    attributes: DIALOG,
    frame: { isDialog: true },
  }),
  shows(
    'dialog-transfer',
    'A dialog that is longer than the screen',
    transferring(),
    (t) => fill(t.send, 'USDT', 'TRON'),
    {
      attributes: DIALOG,
      frame: { isDialog: true },
    },
  ),
  shows('dialog-close', 'Closing while money is due', transferring(), (t) => t.closeText, {
    attributes: DIALOG,
    steps: [{ see: (t) => fill(t.send, 'USDT', 'TRON') }, { part: 'close' }],
    frame: { isDialog: true },
  }),
  shows('disabled', 'Switched off', checkout(), (t) => t.choose, {
    attributes: { disabled: '' },
  }),
]
