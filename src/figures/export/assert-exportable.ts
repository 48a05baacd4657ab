import type { Figure } from '../kit/figure.js'

// What plotly draws as SVG without fetching anything. The rest is drawn by WebGL, as a bitmap of screen resolution, or on maps.
const EXPORTABLE = new Set(
  (
    'scatter bar waterfall funnel histogram histogram2d histogram2dcontour heatmap contour box violin candlestick ohlc ' +
    'pie scatterpolar barpolar sunburst treemap icicle sankey scatterternary'
  ).split(' '),
)

/** @throws if a trace or picture of the figure cannot become vector graphics with crisp pixels, saying which and what to use instead */
export function assertExportable(figure: Figure): void {
  for (const [index, trace] of figure.data.entries()) {
    const type = trace.type ?? 'scatter'
    if (!EXPORTABLE.has(type)) {
      throw new Error(`Trace ${index} is of type "${type}", ${reason(type)}`)
    }
    if ((type === 'heatmap' || type === 'histogram2d') && !isCrisp(trace)) {
      throw new Error(
        `Trace ${index}, a ${type}, has gaps or smoothing: plotly would draw it at screen resolution and lose data. ` +
          'Leave out xgap, ygap and zsmooth; frames and lines between cells can be layout.shapes',
      )
    }
  }
  for (const [index, image] of (figure.layout.images ?? []).entries()) {
    if (!image.source?.startsWith('data:image/png;base64,')) {
      throw new Error(
        `layout.images[${index}].source must be a PNG as a data URI: an export holds all it shows`,
      )
    }
  }
}

function reason(type: string): string {
  const supported = `use one of ${[...EXPORTABLE].join(', ')}`
  if (type === 'image')
    return 'a bitmap that plotly resamples to screen pixels; use "heatmap" or layout.images'
  if (/gl$/.test(type)) return `drawn by WebGL as a bitmap; use "${type.slice(0, -2)}"`
  if (/3d$|^(surface|cone|streamtube|isosurface|volume|splom|parcoords)$/.test(type)) {
    return `drawn by WebGL as a bitmap; ${supported}`
  }
  return `which cannot be exported; ${supported}`
}

function isCrisp(trace: object): boolean {
  return ['xgap', 'ygap', 'zsmooth'].every(
    (property) => !(property in trace) || !Reflect.get(trace, property),
  )
}
