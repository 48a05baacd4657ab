import { BAR_PITCH, colorBars, drawColorBars } from '../kit/color-bars.js'
import { type Drawing, drawingOn } from '../kit/drawing.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { look } from '../kit/look.js'
import {
  datasetName,
  measureInText,
  measureShortName,
  methodLongName,
  methodName,
  networkName,
} from '../kit/names.js'
import { fixed } from '../kit/numbers.js'
import { type Area, divide, page } from '../kit/page.js'
import { methodStyle } from '../kit/palette.js'
import { assertShape, itemFrames, outline, picture, relevanceMap, relevanceScale } from '../kit/raster.js'
import { addRasterPanel } from '../kit/raster-panel.js'
import { commonRange, drawStepBars } from '../kit/step-bars.js'
import { assertSteps } from '../kit/steps.js'
import { fitText, lineCount, textWidth, wrapText } from '../kit/text-width.js'
import { mutedFont, smallFont } from '../kit/theme.js'
import { mm } from '../kit/units.js'
import { describeInspection, type InspectedMethod, type Inspection, isEmpty } from './inspection.js'
import { drawLogitBars, LOGIT_PITCH, logitMargins, shownClasses } from './logit-bars.js'
import { drawStateMap, STATE_PITCH, type StateRelevance } from './state-map.js'

export type { InspectedMethod, Inspection } from './inspection.js'

const CLIP = 0.99
const [LEFT, RIGHT, GAP] = [42, 4, 36]
/** Below it, in millimetres, what stands beside the sequence has no room. */
const NARROW = 165

/** The number of the first map's panel, after that of the sequence. */
const FIRST_MAP = 1
/** Heights of what stands in a block besides its map. */
const [CAPTIONS, SHARES, BARS, TICKS, STATE_TITLE, FOOT] = [16, 19, 62, 18, 16, 38]

/**
 * Inspects one prediction: the sequence and the logit of every class; for each method the heatmap, the relevance of each step and
 * item, and the hidden units that carry most of the relevance, step by step, one above the other on the same time axis.
 *
 * @throws if there is no method, or pixels, values and steps do not fit together
 * @example
 * inspectorFigure(await inspect(model, test, 0, { methods: ['deepTaylor'] }))
 */
export function inspectorFigure(inspection: Inspection): Figure {
  const { explanations, items } = inspection
  if (explanations.length === 0) throw new Error('The inspector figure needs at least one method')
  assertShape(inspection.pixels, inspection, 'Pixels of the sequence')
  for (const { method, values, steps } of explanations) {
    assertShape(values, inspection, `Relevance of ${methodName(method)}`)
    assertSteps(inspection, items.length, steps.length)
  }
  return figureFrom((widthMm) => draw(inspection, widthMm), {
    rows: () =>
      explanations.map(({ method, score, steps }) => ({
        method,
        [inspection.measure]: score,
        relevance: steps,
      })),
  })
}

function draw(inspection: Inspection, widthMm: number): Figure {
  const { explanations } = inspection
  const bars = colorBars(explanations, CLIP)
  const places = place(inspection, bars.length, widthMm)
  const { title, key, input, logits, blocks } = places
  const drawing = drawingOn(page(widthMm, places.height))
  const { label } = drawing.page
  drawing.add({
    annotations: [
      label(2, 2, title, { yanchor: 'top', align: 'left', font: { size: look.text, color: look.ink } }),
    ],
  })
  drawInput(drawing, inspection, input)
  const under = input.top + input.height + 6
  drawing.add({
    annotations: [label(input.left, under, key, { yanchor: 'top', align: 'left', font: mutedFont() })],
  })
  for (const [i, explanation] of explanations.entries())
    drawMap(drawing, inspection, explanation, blocks[i]!.area)
  const range = commonRange(explanations.map(({ steps }) => steps))
  for (const [i, explanation] of explanations.entries())
    drawSteps(drawing, inspection, explanation, blocks[i]!, range)
  drawLogitBars(drawing, logits, inspection, places.longest)
  drawColorBars(bars, drawing)
  return drawing.figure(describeInspection(inspection))
}

/** Where everything stands, and the height of the page that holds it. */
function place(inspection: Inspection, bars: number, widthMm: number) {
  const { explanations, rows, columns } = inspection
  const [isNarrow, width] = [widthMm < NARROW, mm(widthMm)]
  const title = titleOf(inspection, width)
  const head = 14 * lineCount(title) + 6 + CAPTIONS
  // Whole pixels a cell, about as wide together whatever the size of the images.
  const cell = Math.min(
    Math.max(1, Math.floor(252 / columns)),
    (isNarrow ? width - 8 : 0.45 * width) / columns,
  )
  const input: Area = { left: 4, top: head, width: columns * cell, height: rows * cell }
  const key = keyOf(inspection, isNarrow ? width - 8 : Math.max(input.width + 12, 220))
  const underInput = input.top + input.height + 24 + 12 * lineCount(key)
  const logitsHeight = shownClasses(inspection).length * LOGIT_PITCH
  const longest = isNarrow ? 100 : 150
  const margins = logitMargins(inspection, longest)
  const logitsLeft = (isNarrow ? 0 : input.left + input.width + 24) + margins.left
  const logits: Area = {
    left: logitsLeft,
    top: isNarrow ? underInput : head,
    width: width - logitsLeft - margins.right,
    height: logitsHeight,
  }
  const start = Math.max(underInput - 18, logits.top + logitsHeight + 30) + 12
  const count = explanations.length
  const perLine = isNarrow ? 1 : count <= 3 ? Math.max(2, count) : Math.min(4, Math.ceil(count / 2))
  const slots = divide(LEFT, width - LEFT - RIGHT, perLine, GAP)
  const mapHeight = Math.round((slots[0]!.size * rows) / columns)
  const pitch = CAPTIONS + mapHeight + Math.max(...explanations.map(({ states }) => below(states)))
  const blocks = explanations.map((_, i): Block => {
    const { start: left, size } = slots[i % perLine]!
    const top = start + CAPTIONS + Math.floor(i / perLine) * pitch
    return { area: { left, top, width: size, height: mapHeight }, isFirst: i % perLine === 0 }
  })
  const height = Math.ceil(start + Math.ceil(count / perLine) * pitch + 22 + BAR_PITCH * (bars - 1))
  return { height, title, key, input, logits, longest, blocks }
}

/** What stands under each other for one method: the area of its map, and whether it is the first of its line. */
interface Block {
  readonly area: Area
  readonly isFirst: boolean
}

/** The height of what stands under a map. */
function below(states: readonly StateRelevance[]): number {
  const maps = states.map(({ units }) => TICKS + STATE_TITLE + STATE_PITCH * units.length)
  return SHARES + BARS + maps.reduce((sum, height) => sum + height, 0) + FOOT
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
    if (lines.length > 0 && textWidth(longer, look.text) < width - 12) lines[lines.length - 1] = longer
    else lines.push(phrase)
  }
  return lines.map((line) => wrapText(line, width - 12, look.text)).join('<br>')
}

/** What frames, scores and dashed lines mean. */
function keyOf({ measure, baseline }: Inspection, width: number): string {
  const [short, long] = [measureShortName(measure), measureInText(measure)]
  const named = short.toLowerCase() === long.toLowerCase() ? short : `${short}: ${long}`
  return wrapText(
    `Framed: the relevant items. ${named}; an explanation that knows nothing scores ${fixed(baseline, 3)}. ` +
      'Dashed: an equal share for each step.',
    width,
  )
}

function drawInput(drawing: Drawing, inspection: Inspection, area: Area): void {
  const { pixels, items, relevant } = inspection
  const at = { panel: addRasterPanel(drawing, area, inspection).names }
  const room = area.width / items.length
  drawing.add({
    data: [picture(pixels, inspection, at)],
    shapes: itemFrames(inspection, items.length, relevant, at),
    annotations: items.map((name, item) =>
      drawing.page.label(area.left + room * (item + 0.5), area.top - 3, fitText(name, room - 2), {
        xanchor: 'center',
        yanchor: 'bottom',
        font: { size: look.small, color: relevant.includes(item) ? look.ink : look.muted },
      }),
    ),
  })
}

function drawMap(drawing: Drawing, inspection: Inspection, explanation: InspectedMethod, area: Area): void {
  const { method, values, score } = explanation
  const at = { panel: addRasterPanel(drawing, area, inspection, FIRST_MAP).names }
  const name = methodLongName(method)
  const remark = isEmpty(explanation)
    ? 'no relevance'
    : `${measureShortName(inspection.measure)} ${fixed(score)}`
  const scored = fitText(remark, area.width / 2)
  const room = area.width - textWidth(scored) - 8
  const heading = textWidth(name, look.text) < room ? name : fitText(methodName(method), room, look.text)
  const { label } = drawing.page
  drawing.add({
    data: [
      relevanceMap(values, inspection, at, { scale: relevanceScale(values, CLIP), name }),
      outline(inspection.pixels, inspection, at),
    ],
    shapes: itemFrames(inspection, inspection.items.length, inspection.relevant, at),
    annotations: [
      label(area.left, area.top - 2, heading, {
        yanchor: 'bottom',
        font: { size: look.text, color: look.ink },
      }),
      label(area.left + area.width, area.top - 2, scored, {
        xanchor: 'right',
        yanchor: 'bottom',
        font: smallFont(),
      }),
    ],
  })
}

/** The relevance of each step under a map, and under it that of each hidden state. */
function drawSteps(
  drawing: Drawing,
  { relevant, items, scan, explanations }: Inspection,
  { method, steps, items: itemRelevance, states }: InspectedMethod,
  { area, isFirst }: Block,
  range: readonly [number, number],
): void {
  const bars = { ...area, top: area.top + area.height + SHARES, height: BARS }
  const read = scan ? { scan } : {}
  drawStepBars(drawing, bars, {
    steps,
    relevant,
    items: items.length,
    itemRelevance,
    ...read,
    range,
    name: methodLongName(method),
    style: methodStyle(
      method,
      explanations.map((explanation) => explanation.method),
    ),
    xLabel: states.length === 0 ? 'Step' : undefined,
    yLabel: isFirst ? 'Relevance (%)' : undefined,
  })
  let top = bars.top + BARS
  for (const [i, state] of states.entries()) {
    top += TICKS + STATE_TITLE
    const height = STATE_PITCH * state.units.length
    const isNamed = i === states.length - 1
    drawStateMap(drawing, { ...area, top, height }, { states: state, clip: CLIP, ...read, isNamed })
    top += height
  }
}
