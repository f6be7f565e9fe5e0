/**
 * Where a shopper lands who comes back from a payment page, when the merchant named no page to go on
 * to. It says nothing about the payment: the page that the shopper came from knows.
 * @module
 */
import { chooseLanguage, directionOf } from './language.ts'
import type { Language } from './language.ts'

const TEXTS: Readonly<Record<Language, readonly [title: string, heading: string, text: string]>> = {
  en: [
    'Payment',
    'Thank you',
    'You can close this window and go back to the shop. It shows how your payment went.',
  ],
  tr: [
    'Ödeme',
    'Teşekkürler',
    'Bu pencereyi kapatıp mağazaya dönebilirsiniz. Ödemenizin sonucu orada görünür.',
  ],
  ru: [
    'Оплата',
    'Спасибо',
    'Это окно можно закрыть и вернуться в магазин. Там виден результат оплаты.',
  ],
  uk: [
    'Оплата',
    'Дякуємо',
    'Це вікно можна закрити й повернутися до магазину. Там видно результат оплати.',
  ],
  ar: ['الدفع', 'شكرًا لك', 'يمكنك إغلاق هذه النافذة والعودة إلى المتجر، حيث تظهر نتيجة الدفع.'],
}

/** A page without script, style or anything fetched, in the language that the browser asks for. */
export function returnPage(acceptLanguage: string | undefined): string {
  const language = chooseLanguage(acceptLanguage)
  const [title, heading, text] = TEXTS[language]
  return `<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<h1>${heading}</h1>
<p>${text}</p>
</html>
`
}
