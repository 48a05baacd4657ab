import type { InputRange } from '../../../explanation/rule.js'

/** Frames of these tasks are one pixel of each channel. */
export const CHANNELS = 2

/**
 * A task of adding numbers up (Arras, Osman et al. 2019, Evaluating recurrent neural network explanations, the toy arithmetic task): a
 * step shows one number in one of two channels, or nothing, which is 0; logit k is Σ over steps and channels c of weights[k][c] · x, so
 * that the right relevance of an input for logit k is weights[k][c] · x, whatever else the sequence shows.
 */
export interface CountingTask {
  /** In tables, e.g. `subtraction`. */
  readonly id: string
  readonly title: string
  /** The range of the pixels. */
  readonly range: InputRange
  /** The sizes that numbers are drawn from uniformly, 0 ≤ least < most. */
  readonly sizes: { readonly least: number; readonly most: number }
  /** Whether half of the numbers are negative. */
  readonly signed: boolean
  /** How many numbers each channel shows in a sequence. */
  readonly numbers: number
  /** What a number adds to a logit, times itself: `[classes][CHANNELS]`. */
  readonly weights: readonly (readonly number[])[]
}

/** The paper's numbers: one a channel, 0.5 to 1 in size, of either sign. */
const paper = {
  range: { low: -1, high: 1 },
  sizes: { least: 0.5, most: 1 },
  signed: true,
  numbers: 1,
} as const

/** The paper's addition, a + b. */
export const addition: CountingTask = { ...paper, id: 'addition', title: 'a + b', weights: [[1, 1]] }

/** The paper's subtraction, a − b. */
export const subtraction: CountingTask = { ...paper, id: 'subtraction', title: 'a − b', weights: [[1, -1]] }

/** Counting for networks whose every signal is ≥ 0: amounts up to 1, and a logit for each channel that adds up that channel alone. */
export const counting: CountingTask = {
  id: 'counting',
  title: 'Σa or Σb',
  range: { low: 0, high: 1 },
  sizes: { least: 0, most: 1 },
  signed: false,
  numbers: 2,
  weights: [
    [1, 0],
    [0, 1],
  ],
}
