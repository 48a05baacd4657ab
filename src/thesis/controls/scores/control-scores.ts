import { type ScoreRow, scoreTable } from '../../evaluation/score-table.js'
import { type TableOf, tableOf } from '../../reading/table-of.js'
import type { Control, ControlEvaluations } from './control-evaluations.js'

/** What a control scores; see `ScoreRow`. */
export interface ControlRow extends ScoreRow {
  readonly control: Control
}

const COLUMNS = [
  ...(['control', 'dataset', 'network', 'method', 'measure'] as const),
  ...(['accuracy', 'mean', 'low', 'high', 'baseline', 'sequences'] as const),
] as const satisfies readonly (keyof ControlRow)[]

/**
 * The scores of controls, a row for each control, model, method and measure, as `scoreFigure` marks them on bars.
 *
 * @example
 * const plans = [recipe('mnist-maj', 'shallow')]
 * const controls = controlScores(await evaluateControls(plans, { methods: ['deepTaylor'], limit: 10 }))
 */
export const controlScores = (evaluated: readonly ControlEvaluations[]): TableOf<ControlRow> =>
  tableOf(
    evaluated.flatMap(({ control, evaluations }) =>
      scoreTable(evaluations)
        .objects()
        .map((row) => ({ control, ...row })),
    ),
    COLUMNS,
  )
