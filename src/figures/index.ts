export { type AccuracyCosineRow, accuracyCosineFigure } from './accuracy-cosine-figure.js'
export { uniformCosine } from './baseline.js'
export { type CosineRow, cosineFigure } from './cosine-figure.js'
export { type DatasetRow, datasetFigure } from './dataset-figure.js'
export { type ExportedFile, type ExportOptions, exportFigure } from './export/export-figure.js'
export {
  type FigureFormat,
  type RenderedFigure,
  type RenderOptions,
  renderFigure,
  renderFormats,
} from './export/render-figure.js'
export { type Figure, figureFrom } from './figure.js'
export { type HeatmapOptions, type HeatmapRow, heatmapFigure } from './heatmap-figure.js'
export { type InspectedMethod, type Inspection, inspectorFigure } from './inspector-figure.js'
export { type LedgerRow, ledgerFigure } from './ledger-figure.js'
export { type MethodRow, methodFigure } from './method-figure.js'
export {
  DATASETS,
  type DatasetId,
  datasetName,
  inOrder,
  METHODS,
  type MethodId,
  methodLongName,
  methodName,
  NETWORKS,
  type NetworkId,
  networkName,
} from './names.js'
export {
  type LayerKind,
  type NetworkEdge,
  type NetworkLayer,
  type NetworkRow,
  networkFigure,
} from './network-figure.js'
export { methodStyle, networkStyle, type SeriesStyle } from './palette.js'
export { type PixelFlippingRow, pixelFlippingFigure } from './pixel-flipping-figure.js'
export { type FigureSize, type Preset, presets } from './presets.js'
export { type ProblemRow, problemFigure } from './problem-figure.js'
export { type StepRelevanceRow, stepRelevanceFigure } from './step-relevance-figure.js'
export { axis, baseLayout, FONT_FAMILY } from './theme.js'
export { type TrainingRow, trainingFigure } from './training-figure.js'
