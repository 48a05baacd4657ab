/** The typefaces of figures and tables: that of LaTeX, and one of the same widths as Times. */
export type Typeface = 'Computer Modern' | 'Times'

/** What is known of a typeface without its font file, so that figure specifications run anywhere. */
export interface TypefaceFacts {
  /** Its family as style sheets name it. */
  readonly family: string
  /** What screens without it show. */
  readonly fallback: string
  /** Advances of the characters from the space (U+0020) to the tilde, in thousandths of the type size. */
  readonly advances: readonly number[]
  readonly ellipsis: number
  readonly noBreakSpace: number
  /** How much wider the bold face is: its figures, and all else. */
  readonly bold: { readonly figures: number; readonly others: number }
}

// prettier-ignore
const COMPUTER_MODERN = [
  333, 278, 500, 833, 500, 833, 777, 278, 388, 388, 500, 778, 277, 333, 278, 500, 500, 500, 500, 500, 500,
  500, 500, 500, 500, 500, 277, 278, 778, 778, 778, 472, 777, 750, 708, 722, 763, 680, 652, 784, 750, 361,
  513, 777, 625, 916, 750, 777, 680, 777, 736, 555, 722, 750, 750, 1027, 750, 750, 611, 278, 500, 278, 611,
  778, 500, 500, 555, 444, 555, 444, 305, 500, 555, 277, 305, 527, 277, 833, 555, 500, 555, 527, 391, 394,
  388, 555, 527, 722, 527, 527, 444, 500, 278, 500, 611,
]

// prettier-ignore
const TIMES = [
  250, 333, 408, 500, 500, 833, 778, 333, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500, 500, 500,
  500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611, 556, 722, 722, 333,
  389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469,
  500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500, 500, 500, 333, 389,
  278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
]

export const typefaces: Readonly<Record<Typeface, TypefaceFacts>> = {
  'Computer Modern': {
    family: 'CMU Serif',
    fallback: 'Latin Modern Roman, STIX Two Text, Times New Roman, serif',
    advances: COMPUTER_MODERN,
    ellipsis: 834,
    noBreakSpace: 333,
    bold: { figures: 1.16, others: 1.16 },
  },
  Times: {
    family: 'Tinos',
    fallback: 'Times New Roman, Nimbus Roman, Times, serif',
    advances: TIMES,
    ellipsis: 1000,
    noBreakSpace: 250,
    bold: { figures: 1, others: 1.05 },
  },
}
