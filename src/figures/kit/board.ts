import type { Annotations, PlotData, Shape } from 'plotly.js'
import type { Figure } from './figure.js'
import { look } from './look.js'
import { type Area, boardAxes, type Page, page } from './page.js'

/** A point on a board, in CSS pixels from the top left corner. */
export type Point = readonly [x: number, y: number]

export interface ArrowStyle {
  readonly color?: string
  readonly width?: number
  /** Pixels to stay away from both ends. */
  readonly start?: number
  readonly end?: number
}

/** A drawing made of boxes, arrows, texts and pictures, whose coordinates are CSS pixels. */
export interface Board {
  readonly page: Page
  readonly data: Partial<PlotData>[]
  readonly shapes: Partial<Shape>[]
  text(x: number, y: number, text: string, settings?: Partial<Annotations>): void
  box(area: Area, settings: Partial<Shape>): void
  line(from: Point, to: Point, line: Partial<Shape>['line']): void
  curve(path: string, line: Partial<Shape>['line']): void
  /** A straight arrow whose head is at `to`. */
  arrow(from: Point, to: Point, style?: ArrowStyle): void
  /** Shows a text when the mouse is at a point. */
  hover(x: number, y: number, text: string): void
  figure(alt: string): Figure
}

/** Makes an empty board of `widthMm` millimetres by `height` CSS pixels. */
export function createBoard(widthMm: number, height: number): Board {
  const sheet = page(widthMm, height)
  const data: Partial<PlotData>[] = []
  const shapes: Partial<Shape>[] = []
  const annotations: Partial<Annotations>[] = []
  const spots: { x: number; y: number; text: string }[] = []
  const onBoard = { xref: 'x', yref: 'y' } as const
  return {
    page: sheet,
    data,
    shapes,
    text: (x, y, text, settings = {}) => {
      annotations.push({ ...onBoard, x, y, text, showarrow: false, borderpad: 0, ...settings })
    },
    box: ({ left, top, width, height }, settings) => {
      shapes.push({
        type: 'rect',
        ...onBoard,
        x0: left,
        x1: left + width,
        y0: top,
        y1: top + height,
        ...settings,
      })
    },
    line: ([x0, y0], [x1, y1], line) => {
      shapes.push({ type: 'line', ...onBoard, x0, y0, x1, y1, line })
    },
    curve: (path, line) => {
      shapes.push({ type: 'path', ...onBoard, path, line })
    },
    arrow: (from, to, { color = look.ink, width = 0.8, start = 0, end = 0 } = {}) => {
      annotations.push({
        ...onBoard,
        axref: 'x',
        ayref: 'y',
        ax: from[0],
        ay: from[1],
        x: to[0],
        y: to[1],
        text: '',
        showarrow: true,
        arrowcolor: color,
        arrowwidth: width,
        arrowhead: 2,
        arrowsize: headSize(width, Math.hypot(to[0] - from[0], to[1] - from[1])),
        startstandoff: start,
        standoff: end,
      })
    },
    hover: (x, y, text) => {
      spots.push({ x, y, text })
    },
    figure: (alt) => {
      const hover: Partial<PlotData> = {
        type: 'scatter',
        mode: 'markers',
        x: spots.map((spot) => spot.x),
        y: spots.map((spot) => spot.y),
        text: spots.map((spot) => spot.text),
        hovertemplate: '%{text}<extra></extra>',
        marker: { size: 22, opacity: 0 },
      }
      return {
        data: spots.length > 0 ? [...data, hover] : data,
        layout: sheet.layout({ ...boardAxes(sheet), shapes, annotations }),
        alt,
      }
    },
  }
}

/** Plotly's heads grow with the line (about 3 × its width at size 1): thick and short arrows get smaller ones. */
function headSize(width: number, length: number): number {
  return Math.max(0.3, Math.min(1.3, 0.35 + 0.75 / width, (0.6 * length) / (3 * width)))
}
