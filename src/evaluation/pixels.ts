import type { MeasuredProblem, ScoredSequence } from './measure.js'

/** 1 for every pixel of a relevant item and 0 for any other, row-major, `[rows, columns]`; items lie side by side. */
export function relevantPixels({
  rows,
  columns,
  relevant,
}: Pick<ScoredSequence, 'rows' | 'columns' | 'relevant'>): Uint8Array {
  const width = columns / relevant.length
  const mask = new Uint8Array(rows * columns)
  for (const [item, flag] of relevant.entries())
    if (flag === 1)
      for (let row = 0; row < rows; row++)
        mask.fill(1, row * columns + item * width, row * columns + (item + 1) * width)
  return mask
}

/** How many items of a sequence are relevant. */
export const relevantCount = ({ relevant }: Pick<ScoredSequence, 'relevant'>): number =>
  relevant.reduce((sum, flag) => sum + flag, 0)

/** The share of the items, and so of the pixels, that is relevant. */
export const relevantShareOf = ({ items, majority }: MeasuredProblem): number => majority / items
