import type { Annotations, Layout, LayoutAxis, XAxisName, YAxisName } from 'plotly.js'
import { baseLayout, hiddenAxis } from './theme.js'
import { mm } from './units.js'

/** A rectangle on the page in CSS pixels, from the top left corner. */
export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/**
 * A page of known size on which panels and labels are placed in CSS pixels from the top left corner. The layout has no margins: axis
 * labels take the room that the panels leave.
 */
export interface Page {
  readonly width: number
  readonly height: number
  /** The base layout at this size; `parts` come on top. */
  layout(parts: Partial<Layout>): Partial<Layout>
  /** The axis domains of a panel. */
  domains(area: Area): { x: [number, number]; y: [number, number] }
  /** A text at a point; anchored left and middle where `settings` do not say otherwise. */
  label(x: number, y: number, text: string, settings?: Partial<Annotations>): Partial<Annotations>
}

/** Makes a page of `widthMm` millimetres by `height` CSS pixels. */
export function page(widthMm: number, height: number): Page {
  const width = mm(widthMm)
  const [paperX, paperY] = [(x: number) => x / width, (y: number) => 1 - y / height]
  return {
    width,
    height,
    layout: (parts) => ({
      ...baseLayout(),
      width,
      height,
      margin: { l: 0, r: 0, t: 0, b: 0, pad: 0 },
      showlegend: false,
      ...parts,
    }),
    domains: ({ left, top, width, height }) => ({
      x: [paperX(left), paperX(left + width)],
      y: [paperY(top + height), paperY(top)],
    }),
    label: (x, y, text, settings = {}) => ({
      xref: 'paper',
      yref: 'paper',
      x: paperX(x),
      y: paperY(y),
      text,
      showarrow: false,
      xanchor: 'left',
      yanchor: 'middle',
      borderpad: 0,
      ...settings,
    }),
  }
}

/** The names under which plotly knows panel `index` (from 0): `x3`/`y3` in traces, `xaxis3`/`yaxis3` in the layout. */
export function panelNames(index: number): PanelNames {
  if (index === 0) return { x: 'x', y: 'y', xaxis: 'xaxis', yaxis: 'yaxis' }
  const number = index + 1
  // Plotly's types stop at nine panels, plotly itself does not.
  return {
    x: `x${number}` as XAxisName,
    y: `y${number}` as YAxisName,
    xaxis: `xaxis${number}`,
    yaxis: `yaxis${number}`,
  }
}

export interface PanelNames {
  readonly x: XAxisName
  readonly y: YAxisName
  readonly xaxis: string
  readonly yaxis: string
}

/** Adds the axes of panel `index` to a layout; plotly's types name only nine of them. */
export function addPanel(
  layout: Partial<Layout>,
  index: number,
  xaxis: Partial<LayoutAxis>,
  yaxis: Partial<LayoutAxis>,
): void {
  const names = panelNames(index)
  Object.assign(layout, {
    [names.xaxis]: { ...xaxis, anchor: names.y },
    [names.yaxis]: { ...yaxis, anchor: names.x },
  })
}

/** Axes over the whole page whose unit is the CSS pixel, for drawings: (0, 0) is the top left corner. */
export function boardAxes(page: Page): Partial<Layout> {
  return {
    xaxis: hiddenAxis({ domain: [0, 1], range: [0, page.width] }),
    yaxis: hiddenAxis({ domain: [0, 1], range: [page.height, 0] }),
  }
}

/** Splits a length into `count` equal parts with gaps; whole pixels, because plotly draws heatmaps in whole pixels. */
export function divide(
  start: number,
  length: number,
  count: number,
  gap: number,
): { start: number; size: number }[] {
  const size = Math.floor((length - gap * (count - 1)) / count)
  return Array.from({ length: count }, (_, i) => ({ start: Math.round(start + i * (size + gap)), size }))
}
