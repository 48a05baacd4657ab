import type { Annotations, Layout, LayoutAxis, PlotData, Shape } from 'plotly.js'
import type { Figure } from './figure.js'
import { type LegendNames, placeLegend } from './legend.js'
import { type Area, addPanel, type Page, type PanelNames, panelNames } from './page.js'
import { axis } from './theme.js'

/** Parts of a drawing. */
export interface Drawn {
  readonly data?: readonly Partial<PlotData>[]
  readonly shapes?: readonly Partial<Shape>[]
  readonly annotations?: readonly Partial<Annotations>[]
}

/** Axes that are placed on the page, with how plotly knows them. */
export interface Panel {
  /** Its number on the page, from 0. */
  readonly index: number
  readonly area: Area
  readonly names: PanelNames
}

type AxisSettings = Parameters<typeof axis>[0]

/** A page that is being drawn on: panels, and what is in and between them. */
export interface Drawing {
  readonly page: Page
  /** Adds traces, shapes and annotations. */
  add(...drawn: readonly Drawn[]): void
  /** Adds the next panel, whose axes cover `area`; `kind` makes an axis of its settings. */
  panel(
    area: Area,
    x: AxisSettings,
    y: AxisSettings,
    kind?: (settings: AxisSettings) => Partial<LayoutAxis>,
  ): Panel
  /** The number that the next panel will have. */
  readonly next: number
  /** The drawing as a figure; `layout` comes on top of the page's. */
  figure(alt: string, layout?: Partial<Layout>): Figure
}

/** A drawing's legend: its names, and where it stands; across the top of the page where no area is given. */
export interface DrawingLegend {
  readonly names: LegendNames
  readonly area?: Area
}

/** Starts a drawing on a page; `sample` is how many sequences its numbers are over. */
export function drawingOn(
  page: Page,
  settings: Partial<Layout> = {},
  { names, area }: DrawingLegend = { names: [] },
  sample = '',
): Drawing {
  const layout = page.layout(settings)
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  let next = 0
  return {
    page,
    get next() {
      return next
    },
    add: (...drawn) => {
      for (const part of drawn) {
        data.push(...(part.data ?? []))
        shapes.push(...(part.shapes ?? []))
        annotations.push(...(part.annotations ?? []))
      }
    },
    panel: (area, x, y, kind = axis) => {
      const domains = page.domains(area)
      const index = next++
      addPanel(layout, index, kind({ domain: domains.x, ...x }), kind({ domain: domains.y, ...y }))
      return { index, area, names: panelNames(index) }
    },
    figure: (alt, top = {}) => {
      const { data: placed, legends } = placeLegend(data, names, {
        width: page.width,
        height: page.height,
        ...(area ? { area } : {}),
      })
      return {
        data: placed,
        layout: { ...layout, ...legends, ...(shapes.length > 0 ? { shapes } : {}), annotations, ...top },
        alt,
        ...(sample ? { sample } : {}),
      }
    },
  }
}
