import type { LatexLayout } from '../../src/notebook/latex.js'
import type { TableOptions } from '../../src/notebook/table-options.js'
import type { Row } from '../../src/notebook/table-source.js'

const methods = ['SA', 'GB', 'DTD']
export const long: Row[] = ['MNIST', 'Fashion'].flatMap((dataset, i) =>
  ['Deep', 'R-LSTM'].flatMap((network, j) =>
    methods.map((method, k) => {
      const cosine = 0.4 + 0.1 * i + 0.05 * j - 0.3 * k
      return { dataset, network, method, cosine, low: cosine - 0.003, high: cosine + 0.002, n: 10_000 + k }
    }),
  ),
)
export const pivot = { rows: ['dataset', 'network'], columns: 'method', values: 'cosine' }
export const intervals = { cosine: { low: 'low', high: 'high' } }

/** A table of every kind. */
export const kinds: Readonly<
  Record<string, { rows: readonly Row[]; options?: TableOptions; layout?: LatexLayout }>
> = {
  plain: { rows: long },
  'special characters': {
    rows: [
      { a: '50 % of $5 & #1_a {b} ~ ^ \\ < > | "', b: '[1, 2]', c: 'LRP-αβ, z⁺ × ± ≤ ∞ ∂ ∇ √ …' },
      { a: '*', b: 'Müller', c: '–' },
    ],
  },
  'numbers of all sizes': {
    rows: [-1e-9, 0.5, -12_345.5, 3, Number.NaN, -Infinity].map((x) => ({ x, y: null })),
  },
  pivot: { rows: long, options: { pivot, best: { is: 'highest', within: 'dataset' } } },
  'pivot of several values': {
    rows: long,
    options: { pivot: { ...pivot, values: ['cosine', 'n'] }, best: 'lowest', intervals },
  },
  'intervals by ±': {
    rows: long,
    options: { intervals: { cosine: { low: 'low', high: 'high', as: 'plusMinus' } } },
  },
  'caption and label': {
    rows: long,
    options: { caption: 'Cosine in %, by network & method.' },
    layout: { label: 'tab:cosine' },
  },
  'across both columns': { rows: long, layout: { isAcross: true, label: 'tab:across' } },
  'smaller size': { rows: long, layout: { size: 'footnotesize' } },
  stretched: {
    rows: long,
    options: { pivot, intervals },
    layout: { isStretched: true, label: 'tab:stretched' },
  },
  scaled: { rows: long, options: { pivot, intervals }, layout: { isScaled: true } },
}
