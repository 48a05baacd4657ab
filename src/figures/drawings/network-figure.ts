import { type Board, createBoard, type Point } from '../kit/board.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { inOrder, NETWORKS, networkName } from '../kit/names.js'
import { ACCENT } from '../kit/palette.js'
import { plainText } from '../kit/text-width.js'
import { INK, MUTED, mutedFont, smallFont, TEXT } from '../kit/theme.js'
import { mm } from '../kit/units.js'

export type LayerKind = 'input' | 'conv' | 'pool' | 'dense' | 'recurrent' | 'cell' | 'readout'

export interface NetworkLayer {
  /** Identifies the layer in edges. */
  readonly name: string
  readonly label: string
  /** Such as "256" or "5×5×24". */
  readonly units: string
  readonly kind: LayerKind
  /** Height in the drawing, from 0 at the bottom; by default one above the layer before. Equal rows align networks with each other. */
  readonly row?: number
  /** 0 for the trunk, 1 beside it; by default 1 for `recurrent` layers, in the row of the layer that feeds them. */
  readonly column?: number
  /** Whether it runs once, after the last step; by default true for the readout. */
  readonly atEnd?: boolean
}

export interface NetworkEdge {
  readonly from: string
  readonly to: string
  /** `recurrent` edges reach the next step. */
  readonly kind: 'forward' | 'recurrent'
}

/** A network as a diagram. */
export interface NetworkRow {
  readonly network: string
  readonly layers: readonly NetworkLayer[]
  readonly edges: readonly NetworkEdge[]
  /** How many steps the loop runs; 12 by default. */
  readonly steps?: number
}

interface PlacedLayer extends NetworkLayer {
  readonly row: number
  readonly column: number
  readonly atEnd: boolean
}

const FILLS: Readonly<Record<LayerKind, string>> = {
  input: '#ffffff',
  conv: '#cfe5d8',
  pool: '#edf5f0',
  dense: '#d5e6f5',
  recurrent: '#fbdcb4',
  cell: '#fbdcb4',
  readout: '#dcdcdc',
}

const [BOX, PITCH, TITLE, LEGEND] = [25, 36, 22, 24]

/**
 * Diagrams of networks side by side, information flowing upwards, with the number of neurons in each layer; what repeats at every step
 * stands in a frame, and recurrent edges, dashed, reach the next step.
 *
 * @throws if there is no network, or an edge names a layer that does not exist
 */
export function networkFigure(rows: readonly NetworkRow[]): Figure {
  if (rows.length === 0) throw new Error('The network figure needs at least one network')
  for (const row of rows) assertEdges(row)
  const order = inOrder(
    rows.map((row) => row.network),
    NETWORKS,
  )
  const ordered = order.flatMap((network) => rows.filter((row) => row.network === network))
  return figureFrom((widthMm) => draw(ordered, widthMm))
}

function draw(rows: readonly NetworkRow[], widthMm: number): Figure {
  const narrow = widthMm < 130
  const columns = Math.min(rows.length, narrow ? 3 : 5)
  // Where one line does not hold all, shallow networks come first and deep ones after: lines get no higher than they need.
  const byDepth = (a: NetworkRow, b: NetworkRow) => Math.sign(depth(a) - depth(b))
  const ordered = rows.length > columns ? [...rows].sort(byDepth) : rows
  const lines = Array.from({ length: Math.ceil(rows.length / columns) }, (_, line) => {
    const own = ordered.slice(line * columns, (line + 1) * columns)
    const networks = rows.filter((row) => own.includes(row))
    const levels = networks.flatMap((row) => placeLayers(row).map((layer) => layer.row))
    const lowest = Math.min(...levels)
    return { networks, lowest, height: (Math.max(...levels) - lowest + 1) * PITCH + TITLE + 8 }
  })
  const board = createBoard(widthMm, lines.reduce((sum, line) => sum + line.height, 0) + LEGEND)
  const gap = narrow ? 6 : 10
  const width = Math.min(Math.floor((mm(widthMm) - 2 - (columns - 1) * gap) / columns), 150)
  const left = (mm(widthMm) - columns * width - (columns - 1) * gap) / 2
  let top = 0
  for (const line of lines) {
    line.networks.forEach((row, i) => {
      const layers = placeLayers(row).map((layer) => ({ ...layer, row: layer.row - line.lowest }))
      panel(board, row, layers, {
        left: Math.round(left + i * (width + gap)),
        top,
        width,
        height: line.height,
      })
    })
    top += line.height
  }
  legend(board, board.page.height - 10, narrow)
  return board.figure(describe(rows))
}

const depth = (row: NetworkRow): number => new Set(placeLayers(row).map((layer) => layer.row)).size

function panel(
  board: Board,
  row: NetworkRow,
  layers: readonly PlacedLayer[],
  area: { left: number; top: number; width: number; height: number },
): void {
  const beside = layers.some((layer) => layer.column > 0)
  const padding = area.width < 120 ? 3 : 5
  const gap = Math.round(area.width * 0.1)
  const inner = area.width - 2 * padding
  const trunk = Math.round(inner * 0.48)
  const side = inner - trunk - gap
  // Without a layer beside it the frame leaves room for the loop of a cell.
  const frameWidth = beside ? area.width : trunk + padding + 34
  const x = (column: number) => area.left + padding + (column === 0 ? trunk / 2 : trunk + gap + side / 2)
  const width = (column: number) => (column === 0 ? trunk : side)
  const y = (row: number) => area.top + area.height - 6 - (row + 0.5) * PITCH
  const at = new Map(
    layers.map((layer) => [
      layer.name,
      { x: x(layer.column), y: y(layer.row), width: width(layer.column), layer },
    ]),
  )
  loopFrame(board, row, layers, { left: area.left, width: frameWidth }, y)
  const highest = Math.max(...layers.map((layer) => layer.row))
  board.text(area.left + padding, y(highest) - BOX / 2 - 14, networkName(row.network), {
    xanchor: 'left',
    font: { size: TEXT, color: INK },
  })
  for (const edge of row.edges) drawEdge(board, at.get(edge.from)!, at.get(edge.to)!, edge.kind)
  for (const { x, y, width, layer } of at.values()) drawLayer(board, layer, x, y, width)
}

/** The frame around what is repeated at every step. */
function loopFrame(
  board: Board,
  row: NetworkRow,
  layers: readonly PlacedLayer[],
  area: { left: number; width: number },
  y: (row: number) => number,
): void {
  const repeated = layers.filter((layer) => !layer.atEnd).map((layer) => layer.row)
  const [low, high] = [Math.min(...repeated), Math.max(...repeated)]
  const [top, bottom] = [y(high) - PITCH / 2 + 1, y(low) + PITCH / 2 - 1]
  board.box(
    { left: area.left, top, width: area.width, height: bottom - top },
    { line: { color: MUTED, width: 0.6, dash: 'dot' }, fillcolor: '#fafafa', layer: 'below' },
  )
  board.text(area.left + area.width - 3, bottom - 8, `${row.steps ?? 12} ×`, {
    xanchor: 'right',
    font: mutedFont,
  })
}

function drawLayer(board: Board, layer: PlacedLayer, x: number, y: number, width: number): void {
  board.box(
    { left: x - width / 2, top: y - BOX / 2, width, height: BOX },
    {
      fillcolor: FILLS[layer.kind],
      line: { color: INK, width: 0.7 },
    },
  )
  const units = layer.units ? `<br><b>${layer.units}</b>` : ''
  board.text(x, y, `${layer.label}${units}`, { font: smallFont })
  board.hover(x, y, `${layer.label}${layer.units ? `: ${layer.units}` : ''}`)
}

interface Spot {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly layer: PlacedLayer
}

function drawEdge(board: Board, from: Spot, to: Spot, kind: NetworkEdge['kind']): void {
  const recurrent = kind === 'recurrent'
  const color = recurrent ? ACCENT : INK
  const line = {
    color,
    width: recurrent ? 1.1 : 0.8,
    dash: recurrent ? ('dot' as const) : ('solid' as const),
  }
  if (from === to) {
    const [right, reach] = [from.x + from.width / 2, 28]
    const [upper, lower] = [from.y - 7, from.y + 7]
    board.curve(
      `M${right},${upper} C${right + reach},${upper - 5} ${right + reach},${lower + 5} ${right + 6},${lower}`,
      line,
    )
    board.arrow([right + 7, lower + 0.2], [right, lower], { color, width: 1.1 })
    return
  }
  if (from.layer.row === to.layer.row) {
    const rightwards = to.x > from.x
    const y = from.y + (recurrent ? 6 : -6)
    const start: Point = [from.x + ((rightwards ? 1 : -1) * from.width) / 2, y]
    const end: Point = [to.x - ((rightwards ? 1 : -1) * to.width) / 2, y]
    dashed(board, start, end, line)
    return
  }
  const up = to.y < from.y
  const x =
    from.layer.column === to.layer.column
      ? from.x
      : Math.min(from.x, to.x) + 0.25 * Math.min(from.width, to.width)
  dashed(board, [x, from.y - ((up ? 1 : -1) * BOX) / 2], [x, to.y + ((up ? 1 : -1) * BOX) / 2], line)
}

/** A line of any dash with a solid arrow head. */
function dashed(
  board: Board,
  from: Point,
  to: Point,
  line: { color: string; width: number; dash: 'dot' | 'solid' },
): void {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1])
  const back = Math.min(5, length) / length
  const neck: Point = [to[0] + (from[0] - to[0]) * back, to[1] + (from[1] - to[1]) * back]
  board.line(from, neck, line)
  board.arrow(neck, to, { color: line.color, width: line.width })
}

function legend(board: Board, y: number, narrow: boolean): void {
  let x = 3
  const sample = (from: number, line: { color: string; width: number; dash: 'dot' | 'solid' }) =>
    dashed(board, [from, y], [from + 22, y], line)
  sample(x, { color: INK, width: 0.8, dash: 'solid' })
  board.text(x + 27, y, 'this step', { xanchor: 'left', font: smallFont })
  x += 76
  sample(x, { color: ACCENT, width: 1.1, dash: 'dot' as const })
  board.text(x + 27, y, 'to the next step', { xanchor: 'left', font: smallFont })
  x += 106
  board.box(
    { left: x, top: y - 5, width: 18, height: 10 },
    { line: { color: MUTED, width: 0.6, dash: 'dot' }, fillcolor: '#fafafa' },
  )
  board.text(x + 23, y, narrow ? 'at every step' : 'repeated at every step', {
    xanchor: 'left',
    font: smallFont,
  })
}

/** Fills in rows, columns and what runs at the end. */
function placeLayers(row: NetworkRow): PlacedLayer[] {
  const placed: PlacedLayer[] = []
  let next = 0
  for (const layer of row.layers) {
    const beside = layer.column ?? (layer.kind === 'recurrent' ? 1 : 0)
    const feeder = row.edges.find((edge) => edge.to === layer.name && edge.kind === 'forward')?.from
    const feederRow = placed.find((other) => other.name === feeder)?.row
    const own = layer.row ?? (beside > 0 && feederRow !== undefined ? feederRow : next)
    placed.push({ ...layer, row: own, column: beside, atEnd: layer.atEnd ?? layer.kind === 'readout' })
    if (beside === 0) next = own + 1
  }
  return placed
}

function assertEdges(row: NetworkRow): void {
  const names = row.layers.map((layer) => layer.name)
  for (const edge of row.edges) {
    const unknown = [edge.from, edge.to].find((name) => !names.includes(name))
    if (unknown !== undefined) {
      throw new Error(
        `An edge of ${networkName(row.network)} names the layer "${unknown}"; there are ${names.join(', ')}`,
      )
    }
  }
}

function describe(rows: readonly NetworkRow[]): string {
  const parts = rows.map((row) => {
    const layers = row.layers
      .filter((layer) => layer.units)
      .map((layer) => `${plainText(layer.label)} ${layer.units}`)
    return `${networkName(row.network)} with ${layers.join(', ')}`
  })
  return `Diagrams of recurrent networks and their layer sizes, from input to readout: ${parts.join('; ')}.`
}
