/**
 * The element in a standalone component of Angular.
 * @module
 */
import { indent, write } from './lines.ts'
import { placeOrder, textsObject, thanks } from './page.ts'
import type { Snippet } from './snippet.ts'
import { styleRule, themeOf } from './styles.ts'
import { askedBy, attributesOf, needsButton, tag } from './tag.ts'
import type { Attribute } from './tag.ts'
import { angularString, htmlString, inBackticks } from './text.ts'

export const angular: Snippet = {
  id: 'angular',
  title: 'Angular',
  language: 'ts',
  fileName: 'checkout.ts',
  code(embedding) {
    const asked = askedBy(embedding)
    const style = styleRule(embedding)
    const theme = themeOf(embedding)
    const texts = textsObject(embedding, 'readonly texts = ')
    const hasButton = needsButton(embedding)
    const depth = asked ? 2 : 0
    const [proxy = '', ...others] = attributesOf(embedding).map(written)
    const element = tag(
      [
        ...(hasButton ? ['#element'] : []),
        proxy,
        ...(asked ? [`[${asked.property}]="order()"`] : []),
        ...others,
        // What is there since a click opens at once.
        ...(hasButton && asked ? ['open'] : []),
        ...(texts.length > 0 ? ['[texts]="texts"'] : []),
        '(cc-paid)="paid.set($event.detail.orderId)"',
      ],
      { depth },
    )
    const template = [
      asked ? '@if (order()) {' : [],
      hasButton ? indent(depth, BUTTON) : [],
      element,
      asked ? ELSE : [],
      '<!-- A hint for the page. What you ship on is the webhook. -->',
      `<p role="status">@if (paid()) { ${thanks('{{ paid() }}')} }</p>`,
    ]
    return write(
      '// npm install crypto-checkout',
      theme &&
        `// angular.json: "styles": ["node_modules/crypto-checkout/dist/themes/${theme}.css"]`,
      "import { CUSTOM_ELEMENTS_SCHEMA, Component, signal } from '@angular/core'",
      "import 'crypto-checkout/define'",
      '',
      '@Component({',
      "  selector: 'app-checkout',",
      '  schemas: [CUSTOM_ELEMENTS_SCHEMA],',
      '  template: `',
      indent(4, template).map(inBackticks),
      '  `,',
      style.length > 0 && ['  styles: `', indent(4, style).map(inBackticks), '  `,'],
      '})',
      'export class Checkout {',
      asked && "  readonly order = signal('')",
      "  readonly paid = signal('')",
      indent(2, texts),
      asked && [
        '',
        '  async checkOut(): Promise<void> {',
        '    this.order.set(await placeOrder())',
        '  }',
      ],
      '}',
      asked && ['', placeOrder(asked)],
    )
  },
}

/** Two braces in a value would begin an expression. */
function written({ name, kind, value }: Attribute): string {
  if (kind === 'boolean') return name
  if (!value.includes('{{')) return `${name}=${htmlString(value)}`
  return `[attr.${name}]=${htmlString(angularString(value))}`
}

const BUTTON = '<button type="button" (click)="element.open()">Pay</button>'

const ELSE = ['} @else {', '  <button type="button" (click)="checkOut()">Check out</button>', '}']
