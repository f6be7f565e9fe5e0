/**
 * What the shop sells. The prices here are the only ones that count; what is said of it, each language says.
 * @module
 */
import type { ShopTexts } from './texts/en.ts'

export interface Product {
  readonly id: keyof ShopTexts['products']
  readonly name: string
  /** Lira, as decimal text. */
  readonly price: string
}

export const CURRENCY = 'TRY'

export const PRODUCTS: readonly Product[] = [
  {
    id: 'harbour',
    name: 'Harbour Blend',
    price: '320.00',
  },
  {
    id: 'first-light',
    name: 'First Light',
    price: '385.00',
  },
  {
    id: 'night-watch',
    name: 'Night Watch',
    price: '349.90',
  },
  {
    id: 'dripper',
    name: 'Keeper’s Dripper',
    price: '460.00',
  },
  {
    id: 'mug',
    name: 'Lamp Mug',
    price: '245.50',
  },
  {
    id: 'samples',
    name: 'Three Samples',
    price: '150.00',
  },
]

const BY_ID = new Map<string, Product>(PRODUCTS.map((product) => [product.id, product]))

/** The product with this id. */
export const findProduct = (id: string): Product | undefined => BY_ID.get(id)
