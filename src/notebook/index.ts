export type { Typeface } from '../figures/kit/typefaces.js'
export { type Venue, type VenueName, venues } from '../figures/kit/venues.js'
export type { About } from './about.js'
export type { Control, ControlOption, Controls, ControlValue } from './control.js'
export {
  display,
  escapeHtml,
  html,
  type MimeBundle,
  type MimeMetadata,
  markdown,
  type Updatable,
  updatable,
} from './display.js'
export { escapeLatex } from './escape-latex.js'
export { type Drawn, type ExploreOptions, explore } from './explore.js'
export { exportFigure, type FigureExport } from './export-figure.js'
export { exportTable, type LatexOptions, type TableExport } from './export-table.js'
export { formatFixed, formatNumber } from './format-number.js'
export { interruptSignal } from './interrupt.js'
export { insideKernel } from './kernel.js'
export type { Fit, FitOptions } from './latex-fit.js'
export {
  above,
  between,
  checkParameters,
  fieldsOf,
  idAmong,
  listOf,
  oneOf,
  type ParameterValue,
  type Rule,
  wholeNumber,
} from './parameters.js'
export { type Progress, type ProgressOptions, progressDisplay } from './progress.js'
export type { BestRule } from './progress-state.js'
export { record } from './record.js'
export { type ShowAndSaveOptions, type ShowOptions, show } from './show-figure.js'
export { showTable } from './table.js'
export type { Best, Better, IntervalColumns, Pivot, TableOptions } from './table-options.js'
export type { ColumnTable, Row, TableSource } from './table-source.js'
