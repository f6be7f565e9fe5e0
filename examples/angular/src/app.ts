import { CUSTOM_ELEMENTS_SCHEMA, Component, signal } from '@angular/core'
import { placeOrder } from './order.ts'
import type { Order } from './order.ts'

@Component({
  selector: 'app-root',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  templateUrl: './app.html',
})
export class App {
  readonly order = signal<Order | null>(null)
  readonly isDark = signal(false)
  readonly paid = signal('')

  async checkOut(event: Event, quantity: string): Promise<void> {
    event.preventDefault()
    this.paid.set('')
    this.order.set(await placeOrder(Number(quantity)))
  }
}
