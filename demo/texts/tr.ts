/**
 * Turkish.
 * @module
 */
import type { ShopTexts } from './en.ts'

export const tr: ShopTexts = {
  skip: 'İçeriğe geç',
  shop: 'Mağaza',
  cart: 'Sepet',
  language: 'Dil',
  about:
    'Bu bir {0} demosudur. Gerçek kahve yok, para da el değiştirmez: ödeme şirketlerini bir test ortamı canlandırır.',
  notFound: 'Bulunamadı',
  noSuchPage: 'Böyle bir sayfa yok ya da mağaza yeniden başlatıldı.',
  backToShop: 'Mağazaya dön',

  eyebrow: 'Küçük parti kahve kavurucuları',
  claim: 'Gün ağarmadan ayakta olanların kahvesi.',
  lead: 'Pazartesi kavrulur, salı kargolanır; istediğiniz coinle ya da kartla ödenir.',
  seeFresh: 'Taze kahvelere bak',
  fresh: 'Bu haftanın taze kahveleri',
  addToCart: 'Sepete ekle',
  added: '{0} sepetinizde.',
  products: {
    harbour: {
      kind: 'Espresso · 250 g',
      text: 'Bitter çikolata, kavrulmuş fındık, uzun ve tatlı bir bitiş. Sütle yakışır.',
    },
    'first-light': {
      kind: 'Filtre · 250 g',
      text: 'Yıkanmış Etiyopya: yasemin, kayısı, siyah çay. Acelesiz sabahlar için.',
    },
    'night-watch': {
      kind: 'Kafeinsiz · 250 g',
      text: 'Karameli tam, telaşı yok. Kafeini şeker kamışıyla alındı.',
    },
    dripper: {
      kind: 'Porselen · tek fincan',
      text: 'Sarmal kanallı dik koni, deniz yeşili el sırlaması.',
    },
    mug: {
      kind: 'Stoneware seramik · 300 ml',
      text: 'Kalın duvarlar, geniş kulp ve ışığı yanan bir pencerenin renginde sır.',
    },
    samples: {
      kind: 'Çekirdek · 3 × 40 g',
      text: 'Her kavrumdan bir tane; her biri iki fincana yeter.',
    },
  },

  yourCart: 'Sepetiniz',
  looking: 'Bakılıyor…',
  needsScript: 'Sepet için JavaScript gerekir.',
  empty: 'Sepetiniz henüz boş.',
  total: 'Toplam',
  goToCheckout: 'Ödemeye geç',
  howMany: 'Adet: {0}',
  oneLess: 'Bir eksilt: {0}',
  oneMore: 'Bir artır: {0}',
  failed: 'İşlem tamamlanamadı.',
  noAnswer: 'Mağaza yanıt vermiyor. Lütfen tekrar deneyin.',

  checkout: 'Ödeme',
  payment: 'Ödeme',
  thankYou: 'Teşekkürler',
  onTheList: 'Ödendi, pazartesi listesine alındı',
  whatNext: 'Pazartesi kavurur, salı kargoya veririz. Sipariş numaranız: {0}.',
  follow: 'Siparişi takip et',
  yourOrder: 'Siparişiniz',
  pieces: { one: '{0} adet', other: '{0} adet' },
  shipping: 'Kargo',
  free: 'Ücretsiz',
  order: 'Sipariş',
  andMore: '{0} ve {1} ürün daha',

  payByLink: 'Bağlantıyla öde',
  whatLink: 'Başka bir cihaz ya da başka biri için: yalnızca bu siparişin ödenebildiği bir sayfa.',
  makeLink: 'Ödeme bağlantısı al',
  paymentLink: 'Ödeme bağlantısı',
  copyLink: 'Bağlantıyı kopyala',
  openLink: 'Bağlantıyı aç',
  linkReady: 'Bağlantı hazır. Aynı sipariştir ve bir kez ödenir.',
  linkCopied: 'Bağlantı kopyalandı.',

  goToPayment: 'Ödemeye git',
  steps: ['Alındı', 'Ödendi', 'Kavruluyor', 'Kargoda'],
  standings: {
    pending: {
      title: 'Ödemeniz bekleniyor',
      text: 'Henüz bir ödeme ulaşmadı. Sepetiniz bir gün saklanır.',
    },
    processing: {
      title: 'Ödemeniz yolda',
      text: 'Gördük, onaylanmasını bekliyoruz. Bu sayfa kendiliğinden yenilenir.',
    },
    review: {
      title: 'Ödemeniz kontrol ediliyor',
      text: 'Ekibimiz inceliyor. Bir şey yapmanız gerekmiyor; lütfen tekrar ödeme yapmayın.',
    },
    paid: { title: 'Ödendi. Teşekkürler!', text: 'Pazartesi kavurur, salı kargoya veririz.' },
    expired: {
      title: 'Bu siparişin süresi doldu',
      text: 'Süresinde ödenmedi. Ödeme yaptıysanız yine ulaşır ve burada görünür.',
    },
    refunding: { title: 'İadeniz yolda', text: 'Birkaç gün sürebilir.' },
    refunded: { title: 'İade edildi', text: 'Paranız size geri gönderildi.' },
    unknown: {
      title: 'Şu anda soramıyoruz',
      text: 'Ödeme servisi yanıt vermiyor. Hiçbir şey kaybolmadı; bu sayfa sormayı sürdürür.',
    },
  },
  overpaid: 'Fiyattan fazla ödediniz; farkı geri göndereceğiz.',
  notNotified: 'Proxy mağazaya henüz bildirimde bulunmadı.',
  notified: 'Bildirildi: {0}.',
  notifiedWithReceipt: 'Bildirildi: {0}, makbuz doğrulandı.',
  notifiedWithBadReceipt: 'Bildirildi: {0}, makbuz GEÇERSİZ.',
}
