/**
 * What the shop sells. The prices here are the only ones that count.
 * @module
 */

export interface Product {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly text: string
  /** Lira, as decimal text. */
  readonly price: string
}

export const CURRENCY = 'TRY'

export const PRODUCTS: readonly Product[] = [
  {
    id: 'harbour',
    name: 'Harbour Blend',
    kind: 'Espresso · 250 g',
    text: 'Dark chocolate, toasted hazelnut, a long sweet finish. Made for milk.',
    price: '320.00',
  },
  {
    id: 'first-light',
    name: 'First Light',
    kind: 'Filter · 250 g',
    text: 'A washed Ethiopian: jasmine, apricot, black tea. For slow mornings.',
    price: '385.00',
  },
  {
    id: 'night-watch',
    name: 'Night Watch',
    kind: 'Decaf · 250 g',
    text: 'All of the caramel and none of the hurry. Decaffeinated with cane sugar.',
    price: '349.90',
  },
  {
    id: 'dripper',
    name: 'Keeper’s Dripper',
    kind: 'Porcelain · one cup',
    text: 'A steep cone with spiral ribs, glazed by hand in sea green.',
    price: '460.00',
  },
  {
    id: 'mug',
    name: 'Lamp Mug',
    kind: 'Stoneware · 300 ml',
    text: 'Thick walls, a wide handle, and a glaze the colour of a lit window.',
    price: '245.50',
  },
  {
    id: 'samples',
    name: 'Three Samples',
    kind: 'Whole bean · 3 × 40 g',
    text: 'One of each roast, enough for two cups of every one of them.',
    price: '150.00',
  },
]

const BY_ID = new Map(PRODUCTS.map((product) => [product.id, product]))

/** The product with this id. */
export const findProduct = (id: string): Product | undefined => BY_ID.get(id)
