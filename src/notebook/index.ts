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
export { type Drawn, type ExploreOptions, explore } from './explore.js'
export { exportFigure, type FigureExport } from './export-figure.js'
export { exportTable } from './export-table.js'
export { formatFixed, formatNumber } from './format-number.js'
export type { ColumnTable, Row, TableOptions, TableSource } from './grid.js'
export { interruptSignal } from './interrupt.js'
export { insideKernel } from './kernel.js'
export { escapeLatex, type LatexOptions } from './latex.js'
export {
  above,
  between,
  checkParameters,
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
