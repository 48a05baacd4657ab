import type { Layout } from 'plotly.js'
import { type Drawing, drawingOn } from './drawing.js'
import { fitsInto, type LegendNames, legendHeight } from './legend.js'
import { look } from './look.js'
import { type Area, divide, type Page, page } from './page.js'
import { mutedFont } from './theme.js'
import { mm } from './units.js'

/** The height of a line at the foot of a page, in CSS pixels. */
export const FOOT = 14

/** How panels of one size are set out on a page; lengths in CSS pixels. */
export interface Arrangement {
  readonly columns: number
  readonly panelHeight: number
  /** Room for axis labels left of the first panel. */
  readonly left: number
  /** Room right of the last panel. */
  readonly right: number
  /** Room between panels of a row. */
  readonly gap: number
  /** Room under each panel, or under those of each row. */
  readonly bottom: number | readonly number[]
  /** Room over each panel, for its title. */
  readonly title?: number
  /** Stands small at the foot of the page, such as how many sequences numbers are over. Default: nothing. */
  readonly foot?: string
  /** The names in the legend at the top of the page; none without it. */
  readonly legend?: LegendNames
}

/** The place of a panel among the others. */
export interface Slot {
  readonly index: number
  readonly area: Area
  /** Whether it is the first or the last of its row. */
  readonly isFirst: boolean
  readonly isLast: boolean
  /** Whether no panel stands under it. */
  readonly isLowest: boolean
}

interface Arranged {
  readonly sheet: Page
  readonly areas: readonly Area[]
  /** Where the line at the foot of the panels begins. */
  readonly footTop: number
  /** The place of the legend where it is not the top of the page. */
  readonly legendArea?: Area
}

/** A page of the height that the panels need, and the area of each, row by row. */
function arrange(widthMm: number, count: number, arrangement: Arrangement): Arranged {
  const { columns, panelHeight, left, right, gap, bottom, title = 20, legend = [] } = arrangement
  // Where the last row has room for a panel more, a legend that fits stands there.
  const isFree = count > columns && count % columns > 0 && look.legend === 'top'
  const room = { width: panelWidth(widthMm, arrangement), height: panelHeight + title }
  const free = isFree && legend.length > 0 && fitsInto(legend, room) ? count : -1
  const heightOfLegend = free < 0 ? legendHeight(legend, mm(widthMm)) : 0
  const rows = Math.ceil(count / columns)
  const under = (row: number) => (typeof bottom === 'number' ? bottom : bottom[row]!)
  const tops = [look.legend === 'bottom' ? 0 : heightOfLegend]
  for (let row = 0; row < rows; row++) tops.push(tops[row]! + title + panelHeight + under(row))
  const footHeight = arrangement.foot ? FOOT : 0
  const end = tops[rows]! + footHeight
  const sheet = page(widthMm, look.legend === 'bottom' ? end + heightOfLegend : end)
  const slots = divide(left, sheet.width - left - right, columns, gap)
  const areas = Array.from({ length: free < 0 ? count : count + 1 }, (_, i) => ({
    left: slots[i % columns]!.start,
    top: tops[Math.floor(i / columns)]! + title,
    width: slots[i % columns]!.size,
    height: panelHeight,
  }))
  return { sheet, areas, footTop: end - footHeight, ...(free < 0 ? {} : { legendArea: areas[free]! }) }
}

/** How wide each panel of an arrangement is, in CSS pixels. */
export const panelWidth = (
  widthMm: number,
  { columns, left, right, gap }: Pick<Arrangement, 'columns' | 'left' | 'right' | 'gap'>,
): number => divide(left, mm(widthMm) - left - right, columns, gap)[0]!.size

/** Sets out a panel for each item on a page of the height that they need, and has each drawn in its place. */
export function drawPanels<Item>(
  items: readonly Item[],
  widthMm: number,
  arrangement: Arrangement,
  settings: Partial<Layout>,
  draw: (item: Item, slot: Slot, drawing: Drawing) => void,
): Drawing {
  const { sheet, areas, footTop, legendArea } = arrange(widthMm, items.length, arrangement)
  const { columns, legend: names = [], foot } = arrangement
  const drawing = drawingOn(sheet, settings, { names, ...(legendArea ? { area: legendArea } : {}) }, foot)
  if (foot)
    drawing.add({
      annotations: [
        sheet.label(sheet.width - 2, footTop + FOOT / 2 - 1, foot, {
          xanchor: 'right',
          font: mutedFont(),
        }),
      ],
    })
  items.forEach((item, index) => {
    const slot: Slot = {
      index,
      area: areas[index]!,
      isFirst: index % columns === 0,
      isLast: index % columns === columns - 1 || index === items.length - 1,
      isLowest: index >= items.length - columns,
    }
    draw(item, slot, drawing)
  })
  return drawing
}

/** The name of a panel, centred over it. */
export function panelTitle(sheet: Page, area: Area, text: string) {
  return sheet.label(area.left + area.width / 2, area.top - 4, text, { xanchor: 'center', yanchor: 'bottom' })
}
