/**
 * What the hosted page says where the widget does not: around it, and without JavaScript.
 * @module
 */
import type { Language } from '../language.ts'

export interface HostedTexts {
  readonly title: string
  readonly order: string
  readonly onPhone: string
  readonly scan: string
  readonly choose: string
  readonly optional: string
  readonly accept: string
  readonly terms: string
  readonly goOn: string
  readonly again: string
  readonly toShop: string
  readonly needsScript: string
  readonly failed: string
  readonly unknown: string
  /** Where the order stands. */
  readonly waiting: string
  readonly processing: string
  readonly review: string
  readonly paid: string
  readonly ended: string
  readonly refunded: string
}

export const HOSTED_TEXTS: Readonly<Record<Language, HostedTexts>> = {
  en: {
    title: 'Payment',
    order: 'Order',
    onPhone: 'Continue on your phone',
    scan: 'Scan this with your phone.',
    choose: 'How would you like to pay?',
    optional: 'optional',
    accept: 'I accept the terms.',
    terms: 'Read the terms',
    goOn: 'Go to the payment page',
    again: 'Check again',
    toShop: 'Back to the shop',
    needsScript: 'To pay with coins to an address, switch on JavaScript.',
    failed: 'That did not work. Please check what you entered, or choose another way.',
    unknown: 'We cannot find this payment. Please ask the shop for a new link.',
    waiting: 'Waiting for your payment.',
    processing: 'Payment seen, being confirmed. Please do not pay again.',
    review: 'Your payment is being checked. Please do not pay again.',
    paid: 'Paid. Thank you; the shop has been told.',
    ended: 'This payment has ended. If you have paid, give the shop your order number.',
    refunded: 'Refunded.',
  },
  tr: {
    title: 'Ödeme',
    order: 'Sipariş',
    onPhone: 'Telefonda devam et',
    scan: 'Kodu telefonunuzla okutun.',
    choose: 'Nasıl ödemek istersiniz?',
    optional: 'isteğe bağlı',
    accept: 'Koşulları kabul ediyorum.',
    terms: 'Koşulları oku',
    goOn: 'Ödeme sayfasına git',
    again: 'Tekrar kontrol et',
    toShop: 'Mağazaya dön',
    needsScript: 'Bir adrese coin göndererek ödemek için JavaScript’i açın.',
    failed: 'İşlem tamamlanamadı. Girdiğiniz bilgileri kontrol edin veya başka bir yöntem seçin.',
    unknown: 'Bu ödeme bulunamadı. Lütfen mağazadan yeni bir bağlantı isteyin.',
    waiting: 'Ödemeniz bekleniyor.',
    processing: 'Ödemeniz görüldü, onay bekleniyor. Lütfen tekrar ödeme yapmayın.',
    review: 'Ödemeniz kontrol ediliyor. Lütfen tekrar ödeme yapmayın.',
    paid: 'Ödendi. Teşekkürler; mağazaya bildirildi.',
    ended: 'Bu ödeme sona erdi. Ödediyseniz sipariş numaranızı mağazaya iletin.',
    refunded: 'İade edildi.',
  },
  ru: {
    title: 'Оплата',
    order: 'Заказ',
    onPhone: 'Продолжить на телефоне',
    scan: 'Отсканируйте телефоном.',
    choose: 'Как вы хотите оплатить?',
    optional: 'необязательно',
    accept: 'Принимаю условия.',
    terms: 'Прочитать условия',
    goOn: 'Перейти на страницу оплаты',
    again: 'Проверить снова',
    toShop: 'Вернуться в магазин',
    needsScript: 'Чтобы оплатить монетами на адрес, включите JavaScript.',
    failed: 'Не получилось. Проверьте введённые данные или выберите другой способ.',
    unknown: 'Платёж не найден. Попросите у магазина новую ссылку.',
    waiting: 'Ожидаем платёж.',
    processing: 'Платёж обнаружен, ждём подтверждения. Не платите повторно.',
    review: 'Платёж проверяется. Не платите повторно.',
    paid: 'Оплачено. Спасибо, магазин уведомлён.',
    ended: 'Этот платёж завершён. Если вы платили, сообщите магазину номер заказа.',
    refunded: 'Деньги возвращены.',
  },
  uk: {
    title: 'Оплата',
    order: 'Замовлення',
    onPhone: 'Продовжити на телефоні',
    scan: 'Відскануйте телефоном.',
    choose: 'Як ви хочете оплатити?',
    optional: 'необов’язково',
    accept: 'Приймаю умови.',
    terms: 'Прочитати умови',
    goOn: 'Перейти на сторінку оплати',
    again: 'Перевірити знову',
    toShop: 'Повернутися до магазину',
    needsScript: 'Щоб оплатити монетами на адресу, увімкніть JavaScript.',
    failed: 'Не вдалося. Перевірте введені дані або виберіть інший спосіб.',
    unknown: 'Платіж не знайдено. Попросіть у магазину нове посилання.',
    waiting: 'Очікуємо платіж.',
    processing: 'Платіж виявлено, чекаємо на підтвердження. Не платіть повторно.',
    review: 'Платіж перевіряється. Не платіть повторно.',
    paid: 'Оплачено. Дякуємо, магазин сповіщено.',
    ended: 'Цей платіж завершено. Якщо ви платили, повідомте магазину номер замовлення.',
    refunded: 'Кошти повернуто.',
  },
  ar: {
    title: 'الدفع',
    order: 'الطلب',
    onPhone: 'المتابعة على هاتفك',
    scan: 'يُرجى مسح الرمز بهاتفك.',
    choose: 'اختيار طريقة الدفع',
    optional: 'اختياري',
    accept: 'أوافق على الشروط.',
    terms: 'قراءة الشروط',
    goOn: 'الانتقال إلى صفحة الدفع',
    again: 'التحقق مجددًا',
    toShop: 'العودة إلى المتجر',
    needsScript: 'للدفع بالعملات الرقمية إلى عنوان، يُرجى تفعيل JavaScript.',
    failed: 'لم تنجح العملية. يُرجى التحقق مما أدخلته أو اختيار طريقة أخرى.',
    unknown: 'لم نعثر على هذا الدفع. يُرجى طلب رابط جديد من المتجر.',
    waiting: 'بانتظار دفعتك.',
    processing: 'رُصدت الدفعة وجارٍ تأكيدها. يُرجى عدم الدفع مرة أخرى.',
    review: 'جارٍ التحقق من دفعتك. يُرجى عدم الدفع مرة أخرى.',
    paid: 'تم الدفع. شكرًا لك، تم إبلاغ المتجر.',
    ended: 'انتهى هذا الدفع. إن كنت قد دفعت فيُرجى تزويد المتجر برقم طلبك.',
    refunded: 'تم رد المبلغ.',
  },
}
