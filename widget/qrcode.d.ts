/** The one function of qrcode's core that is used; the package types only its main entry. */
declare module 'qrcode/lib/core/qrcode.js' {
  /** The matrix of a code: `data` is row after row, 1 for a dark module. */
  export function create(
    segments: readonly { readonly data: string; readonly mode: 'byte' }[],
    options: { readonly errorCorrectionLevel: 'L' | 'M' | 'Q' | 'H'; readonly maskPattern: number },
  ): { readonly modules: { readonly size: number; readonly data: ArrayLike<number> } }
}
