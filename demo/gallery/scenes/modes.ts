/**
 * In a dialog, behind a button, switched off.
 * @module
 */
import { en } from '../../../widget/locales/en.ts'
import { STATES, checkout, transferring } from '../fixtures.ts'
import { shows } from '../scene.ts'
import type { Scene } from '../scene.ts'

const DIALOG = { mode: 'modal', open: '' }
const paid = STATES['paid'] ?? checkout()

export const MODE_SCENES: readonly Scene[] = [
  shows('button', 'A button', checkout(), en.pay, { attributes: { mode: 'button' } }),
  shows('button-paid', 'The button, once paid', paid, en.outcomes.paid[0], {
    attributes: { mode: 'button' },
    steps: [{ click: en.pay }, { see: en.outcomes.paid[0] }, { part: 'close' }],
    frame: {},
  }),
  shows('dialog', 'A dialog', checkout(), en.choose, {
    attributes: DIALOG,
    frame: { isDialog: true },
  }),
  shows(
    'dialog-transfer',
    'A dialog that is longer than the screen',
    transferring(),
    en.send('USDT', 'TRON'),
    {
      attributes: DIALOG,
      frame: { isDialog: true },
    },
  ),
  shows('dialog-close', 'Closing while money is due', transferring(), en.closeText, {
    attributes: DIALOG,
    steps: [{ see: en.send('USDT', 'TRON') }, { part: 'close' }],
    frame: { isDialog: true },
  }),
  shows('disabled', 'Switched off', checkout(), en.choose, {
    attributes: { disabled: '' },
  }),
]
