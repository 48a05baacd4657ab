import type { Annotations, Layout, PlotData, Shape } from 'plotly.js'
import { uniformCosine } from '../kit/baseline.js'
import { BAR_PITCH, type ColorBar, colorBars, drawColorBars } from '../kit/color-bars.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { describeInspection, type InspectedMethod, type Inspection, isEmpty, signed } from './inspection.js'
import { datasetName, methodLongName, methodName, networkName } from '../kit/names.js'
import { type Area, divide, type Page, page, panelNames } from '../kit/page.js'
import { methodStyle } from '../kit/palette.js'
import { assertShape, itemFrames, outline, picture, relevanceMap, relevanceScale } from '../kit/raster.js'
import { addRasterPanel } from '../kit/raster-panel.js'
import { drawScoreBars, SCORE_PITCH, scoreMargins } from './logit-bars.js'
import { drawStateMap, STATE_PITCH, type StateRelevance } from './state-map.js'
import { commonRange, drawStepBars } from '../kit/step-bars.js'
import { assertSteps } from '../kit/steps.js'
import { textWidth } from '../kit/text-width.js'
import { INK, MUTED, mutedFont, SMALL_TEXT, smallFont, TEXT } from '../kit/theme.js'
import { mm } from '../kit/units.js'

export type { InspectedMethod, Inspection } from './inspection.js'

const CLIP = 0.99
const [LEFT, RIGHT, GAP] = [42, 4, 36]
/** The number of the first map's panel, after that of the sequence. */
const FIRST_MAP = 1
/** Heights of what stands in a block besides its map. */
const [CAPTIONS, SHARES, BARS, TICKS, STATE_TITLE, FOOT] = [16, 19, 62, 18, 16, 38]

/**
 * Inspects one prediction: the sequence and the score of every class; for each method the heatmap, the relevance of each step and
 * item, and the hidden units that carry most of the relevance, step by step, one above the other on the same time axis.
 *
 * @throws if there is no method, or pixels, values and steps do not fit together
 */
export function inspectorFigure(inspection: Inspection): Figure {
  const { explanations, items } = inspection
  if (explanations.length === 0) throw new Error('The inspector figure needs at least one method')
  assertShape(inspection.pixels, inspection, 'Pixels of the sequence')
  for (const { method, values, steps } of explanations) {
    assertShape(values, inspection, `Relevance of ${methodName(method)}`)
    assertSteps(inspection, items.length, steps.length)
  }
  return figureFrom((widthMm) => draw(inspection, widthMm))
}

interface Parts {
  readonly sheet: Page
  readonly layout: Partial<Layout>
  readonly data: Partial<PlotData>[]
  readonly shapes: Partial<Shape>[]
  readonly annotations: Partial<Annotations>[]
  /** The number of the next panel. */
  next: number
}

function draw(inspection: Inspection, widthMm: number): Figure {
  const { explanations } = inspection
  const bars = colorBars(explanations, CLIP)
  const { sheet, title, input, scores, blocks } = place(inspection, bars, widthMm)
  const parts: Parts = { sheet, layout: sheet.layout({}), data: [], shapes: [], annotations: [], next: 0 }
  parts.annotations.push(
    sheet.label(2, 2, title, { yanchor: 'top', align: 'left', font: { size: TEXT, color: INK } }),
  )
  drawInput(parts, inspection, input)
  parts.annotations.push(
    sheet.label(input.left, input.top + input.height + 6, keyOf(inspection), {
      yanchor: 'top',
      align: 'left',
      font: mutedFont,
    }),
  )
  for (const [i, explanation] of explanations.entries()) drawMap(parts, inspection, explanation, blocks[i]!)
  const range = commonRange(explanations.map(({ steps }) => steps))
  for (const [i, explanation] of explanations.entries()) {
    const [{ area, first }, { method, steps, states }] = [blocks[i]!, explanation]
    const barArea = { ...area, top: area.top + area.height + SHARES, height: BARS }
    add(
      parts,
      drawStepBars(sheet, parts.layout, barArea, {
        index: parts.next++,
        steps,
        relevant: inspection.relevant,
        items: inspection.items.length,
        range,
        name: methodLongName(method),
        style: methodStyle(method),
        yLabel: first ? 'Relevance (%)' : undefined,
      }),
    )
    const top = barArea.top + BARS + TICKS + STATE_TITLE
    const stateArea = { ...area, top, height: STATE_PITCH * states.units.length }
    add(parts, drawStateMap(sheet, parts.layout, stateArea, { index: parts.next++, states, clip: CLIP }))
  }
  add(parts, drawScoreBars(sheet, parts.layout, scores, { index: parts.next++, ...inspection }))
  const legend = drawColorBars(bars, sheet, parts.layout, parts.next)
  const { data, layout, shapes, annotations } = parts
  return {
    data: [...data, ...legend.data],
    layout: { ...layout, shapes, annotations: [...annotations, ...legend.annotations] },
    alt: describeInspection(inspection),
  }
}

function add(parts: Parts, drawn: Partial<Pick<Parts, 'data' | 'shapes' | 'annotations'>>): void {
  parts.data.push(...(drawn.data ?? []))
  parts.shapes.push(...(drawn.shapes ?? []))
  parts.annotations.push(...(drawn.annotations ?? []))
}

/** A page and where everything stands on it. */
function place(inspection: Inspection, bars: readonly ColorBar[], widthMm: number) {
  const { explanations, rows, columns, classes } = inspection
  const [narrow, width] = [widthMm < 130, mm(widthMm)]
  const title = titleOf(inspection, width)
  const titleHeight = 14 * title.split('<br>').length + 6
  const cell = Math.max(1, Math.floor(252 / columns))
  const input: Area = {
    left: 4,
    top: titleHeight + CAPTIONS,
    width: columns * cell,
    height: rows * cell,
  }
  const scoresHeight = classes.length * SCORE_PITCH
  const margins = scoreMargins(inspection)
  const scoresLeft = (narrow ? 0 : input.left + input.width + 24) + margins.left
  const scores: Area = {
    left: scoresLeft,
    top: narrow ? input.top + input.height + 60 : titleHeight + CAPTIONS,
    width: width - scoresLeft - margins.right,
    height: scoresHeight,
  }
  const start = Math.max(input.top + input.height, scores.top + scoresHeight + 30) + 12
  const count = explanations.length
  const perLine = narrow ? 1 : count <= 3 ? Math.max(2, count) : Math.ceil(count / 2)
  const slots = divide(LEFT, width - LEFT - RIGHT, perLine, GAP)
  const mapHeight = Math.round((slots[0]!.size * rows) / columns)
  const below = (states: StateRelevance) =>
    SHARES + BARS + TICKS + STATE_TITLE + STATE_PITCH * states.units.length + FOOT
  const pitch = CAPTIONS + mapHeight + Math.max(...explanations.map(({ states }) => below(states)))
  const blocks = explanations.map((_, i) => {
    const { start: left, size } = slots[i % perLine]!
    const top = start + CAPTIONS + Math.floor(i / perLine) * pitch
    return { area: { left, top, width: size, height: mapHeight }, first: i % perLine === 0 }
  })
  const height = start + Math.ceil(count / perLine) * pitch + 22 + BAR_PITCH * (bars.length - 1)
  return { sheet: page(widthMm, Math.ceil(height)), title, input, scores, blocks }
}

/** What is shown, in as many lines as it needs. */
function titleOf(inspection: Inspection, width: number): string {
  const { dataset, network, sequence, classes, label, prediction, target } = inspection
  const phrases = [
    `${datasetName(dataset)}, test sequence ${sequence}, label <b>${classes[label]}</b>`,
    `${networkName(network)} predicts <b>${classes[prediction]}</b>`,
    `explained: <b>${classes[target]}</b>`,
  ]
  const lines: string[] = []
  for (const phrase of phrases) {
    const longer = [...lines.slice(-1), phrase].join('; ')
    if (lines.length > 0 && textWidth(longer, TEXT) < width - 12) lines[lines.length - 1] = longer
    else lines.push(phrase)
  }
  return lines.join('<br>')
}

/** What frames, cosines and dashed lines mean. */
function keyOf({ relevant, items }: Inspection): string {
  const uniform = uniformCosine(relevant.length, items.length).toFixed(3)
  return (
    `Framed: the relevant items. cos: cosine similarity of the<br>items’ relevance with them; equal relevance on all<br>` +
    `items scores ${uniform}. Dashed: an equal share for each step.`
  )
}

function drawInput(parts: Parts, inspection: Inspection, area: Area): void {
  const { pixels, items, relevant } = inspection
  const at = { panel: panelNames(parts.next) }
  addRasterPanel(parts.layout, parts.sheet, area, inspection, parts.next++)
  parts.data.push(picture(pixels, inspection, at))
  parts.shapes.push(...itemFrames(inspection, items.length, relevant, at))
  for (const [item, name] of items.entries()) {
    const isRelevant = relevant.includes(item)
    parts.annotations.push(
      parts.sheet.label(area.left + (area.width * (item + 0.5)) / items.length, area.top - 3, name, {
        xanchor: 'center',
        yanchor: 'bottom',
        font: { size: SMALL_TEXT, color: isRelevant ? INK : MUTED },
      }),
    )
  }
}

function drawMap(
  parts: Parts,
  inspection: Inspection,
  explanation: InspectedMethod,
  { area }: { readonly area: Area },
): void {
  const { sheet, layout } = parts
  const { method, values, cosine } = explanation
  const at = { panel: panelNames(parts.next) }
  addRasterPanel(layout, sheet, area, inspection, parts.next++, FIRST_MAP)
  const name = methodLongName(method)
  parts.data.push(
    relevanceMap(values, inspection, at, { scale: relevanceScale(values, CLIP), name }),
    outline(inspection.pixels, inspection, at),
  )
  parts.shapes.push(...itemFrames(inspection, inspection.items.length, inspection.relevant, at))
  const score = isEmpty(explanation) ? 'no relevance' : `cos ${signed(cosine)}`
  const heading = textWidth(name, TEXT) < area.width - textWidth(score) - 8 ? name : methodName(method)
  parts.annotations.push(
    sheet.label(area.left, area.top - 2, heading, { yanchor: 'bottom', font: { size: TEXT, color: INK } }),
    sheet.label(area.left + area.width, area.top - 2, score, {
      xanchor: 'right',
      yanchor: 'bottom',
      font: smallFont,
    }),
  )
}
