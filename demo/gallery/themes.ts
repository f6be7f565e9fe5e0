/**
 * What the gallery can be seen in.
 * @module
 */

export interface Theme {
  readonly name: string
  /** The element's attribute `theme`: on which of its two palettes the theme stands. */
  readonly scheme: 'light' | 'dark'
  /** Its class, and its file in `widget/themes`; none for the element as it comes. */
  readonly className: string | null
}

const own = (name: string, scheme: Theme['scheme']): Theme => ({
  name,
  scheme,
  className: `cc-${name}`,
})

export const THEMES: readonly [Theme, ...Theme[]] = [
  { name: 'light', scheme: 'light', className: null },
  { name: 'dark', scheme: 'dark', className: null },
  own('paper', 'light'),
  own('orchard', 'light'),
  own('midnight', 'dark'),
  own('graphite', 'dark'),
  own('contrast', 'light'),
]

/** Those with a file. */
export const THEME_NAMES: readonly string[] = THEMES.filter(({ className }) => className).map(
  ({ name }) => name,
)

export const WIDTHS: readonly [number, ...number[]] = [360, 280, 480, 640]
