import { look } from '../kit/look.js'
import { type Rows, rowsOf } from '../kit/rows.js'
import type { Sampled } from '../kit/sample-size.js'
import type { ScoreRow } from './score-rows.js'

/** What a network scores that has not learnt what it is explained for: the control of a score. */
export interface ControlScoreRow
  extends Pick<ScoreRow, 'dataset' | 'network' | 'method' | 'measure' | 'mean'>,
    Sampled {
  /** In the legend, e.g. `untrained`; each has a marker of its own. */
  readonly control: string
}

/** The rows of controls; none where there are no controls. */
export const controlRows = (rows: Rows<ControlScoreRow> | undefined): readonly ControlScoreRow[] =>
  rows === undefined
    ? []
    : rowsOf(rows, {
        figure: 'score',
        fields: ['control', 'dataset', 'network', 'method', 'measure', 'mean'],
      })

/** The names of controls, in their order. */
export const controlNames = (rows: readonly ControlScoreRow[]): string[] => [
  ...new Set(rows.map(({ control }) => control)),
]

const SYMBOLS = ['diamond', 'x', 'square', 'cross'] as const

const SIZE = 5
const OUTLINE = 1

/** How wide a mark is, in CSS pixels. */
export const MARK_WIDTH = SIZE + OUTLINE

/** White with an outline, which shows on bars of any lightness; a symbol by the control's place among all. */
export const controlMarker = (control: string, names: readonly string[]) => ({
  symbol: SYMBOLS[names.indexOf(control) % SYMBOLS.length]!,
  size: SIZE,
  color: look.paper,
  line: { color: look.ink, width: OUTLINE },
})
