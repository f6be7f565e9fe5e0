/**
 * Whole payments by keyboard alone, as they are heard: nothing is clicked, the focus can be seen at every
 * step and is never lost, and each has its transcript.
 * @module
 */
import { startFlows } from '../e2e/harness.ts'
import { createHeard } from './heard.ts'

const flows = await startFlows()
const { world } = flows
const heard = createHeard(flows)

heard(
  'a coin is sent: copied, said to be paid, a part, the rest',
  'coin',
  [{ product: 'first-light', quantity: 1 }],
  async (by, orderId) => {
    await by.reads('How would you like to pay?')
    await by.tabTo(/^button: Tether/)
    await by.press('Enter')
    await by.reads(/On which network/)
    await by.tabTo(/^button: TRON/)
    await by.press('Space')
    await by.reads('Send USDT on TRON')
    await by.tabTo(/^button: Copy: Amount/)
    await by.press('Enter')
    await by.hears(/^Copied: Amount/)
    await by.tabTo(/^button: Copy: USDT, Address/)
    await by.press('Space')
    await by.hears(/^Copied: USDT, Address/)
    await by.tabTo(/^button: I have paid/)
    await by.press('Enter')
    await by.hears('Looking for your payment…')
    await world.play(orderId, 'pay-part', '4')
    by.notes('a part arrives')
    await by.hears('Part of the payment has arrived')
    await by.reads('Send USDT on TRON')
    await world.play(orderId, 'pay')
    by.notes('the rest arrives')
    await by.reads('Payment complete')
    await by.tabTo(/^a: Back to the shop/)
  },
)

heard(
  'the shopper reads on elsewhere: what happens is said once, and the focus stays',
  'elsewhere',
  [{ product: 'first-light', quantity: 1 }],
  async (by, orderId) => {
    await by.tabTo(/^button: Tether/)
    await by.press('Enter')
    await by.tabTo(/^button: TRON/)
    await by.press('Enter')
    await by.reads('Send USDT on TRON')
    await by.press('Shift+Tab')
    await by.press('Shift+Tab')
    await world.play(orderId, 'pay-part', '4')
    by.notes('a part arrives')
    await by.hears('Part of the payment has arrived')
    await world.play(orderId, 'pay')
    by.notes('the rest arrives')
    await by.hears('Payment complete')
    await by.reads('Payment complete')
  },
)

heard(
  'by card in this window, and back',
  'card',
  [{ product: 'first-light', quantity: 1 }],
  async (by) => {
    await by.tabTo(/^button: Card/)
    await by.page.keyboard.press('Enter')
    by.leaves('the payment page, and back')
    await by.page.getByRole('button', { name: /Pay by card/ }).press('Enter')
    await by.page.waitForURL(`${world.stack.shopUrl}/**`)
    await by.page.getByRole('heading', { name: 'Payment complete' }).waitFor()
    await by.hears('Payment complete')
    await by.reads('Payment complete')
  },
  { isPhone: true },
)

heard(
  'out to the payment page, and back without having paid',
  'returned',
  [{ product: 'first-light', quantity: 1 }],
  async (by) => {
    await by.tabTo(/^button: Card/)
    await by.page.keyboard.press('Enter')
    await by.page.getByRole('button', { name: /Pay by card/ }).waitFor()
    by.leaves('the payment page, and the way back of the browser')
    await by.page.goBack()
    await by.reads('We have not seen your payment yet')
    await by.tabTo(/^button: Stop waiting/)
    await by.press('Enter')
    await by.reads('We have not seen your payment yet')
    await by.tabTo(/^button: Stop waiting/)
    await by.press('Enter')
    await by.reads('Payment canceled')
  },
  { isPhone: true },
)

heard(
  'what a method asks first: answered, and paid',
  'questions',
  [{ product: 'dripper', quantity: 1 }],
  async (by, orderId) => {
    await by.tabTo(/^button: Tether/)
    await by.press('Enter')
    await by.tabTo(/^button: TRON.*details/)
    await by.press('Enter')
    await by.page.getByLabel('E-mail').waitFor()
    await by.reads(/./)
    by.notes('sent too soon: the browser leads to the question')
    await by.tabTo(/^button: Continue/)
    await by.press('Enter')
    await by.types('shopper@shop.example')
    await by.tabTo(/^input: I accept/)
    await by.press('Space')
    await by.tabTo(/^button: Continue/)
    await by.press('Enter')
    await by.reads('Send USDT on TRON')
    await world.play(orderId, 'in-progress')
    await world.paymentIs(orderId, 'processing')
    by.notes('the exchange has seen it')
    await by.reads('Payment seen, being confirmed')
    await by.tabTo(/^summary: Payment details/)
    await by.press('Enter')
    await by.reads('Payment seen, being confirmed')
    await world.play(orderId, 'done')
    by.notes('the exchange is done')
    await by.reads('Payment complete')
  },
)
