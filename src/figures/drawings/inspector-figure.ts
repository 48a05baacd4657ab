import { colorBars, drawColorBars } from '../kit/color-bars.js'
import { type Drawing, drawingOn } from '../kit/drawing.js'
import { type Figure, figureFrom } from '../kit/figure.js'
import { look } from '../kit/look.js'
import { measureShortName, methodLongName, methodName } from '../kit/names.js'
import { fixed } from '../kit/numbers.js'
import { type Area, page } from '../kit/page.js'
import { methodStyle } from '../kit/palette.js'
import {
  assertShape,
  itemFrames,
  outline,
  picture,
  type RelevanceScale,
  relevanceMap,
} from '../kit/raster.js'
import { addRasterPanel } from '../kit/raster-panel.js'
import { commonRange, drawStepBars } from '../kit/step-bars.js'
import { assertSteps } from '../kit/steps.js'
import { fitText, textWidth } from '../kit/text-width.js'
import { mutedFont, smallFont } from '../kit/theme.js'
import { type HeatmapScale, relevanceScales, SCALE_NAMES } from './heatmap-scale.js'
import {
  describeInspections,
  type InspectedMethod,
  type Inspection,
  inspectedName,
  isEmpty,
} from './inspection.js'
import { BARS, type Block, layOut, SHARES, STATE_TITLE, TICKS } from './inspector-layout.js'
import { drawLogitBars } from './logit-bars.js'
import { drawStateMap, STATE_PITCH, type StateRelevance, stateValues } from './state-map.js'

export type { InspectedMethod, Inspection } from './inspection.js'

export interface InspectorFigureOptions {
  /** Which maps share one colour scale; the figure says which. States share theirs alike. Default: 'map', each its own. */
  readonly scale?: HeatmapScale
}

const CLIP = 0.99

/**
 * Inspects the prediction of one network, or of several side by side, for one sequence: the logit of every class; for each method the
 * sequence, over it the heatmap, the relevance of each step and item, and the hidden units that carry most of the relevance, step by step,
 * one above the other on the same time axis.
 *
 * @throws Error if there is no method, pixels, values and steps do not fit together, the inspections are of different sequences, or
 *   `scale` is unknown
 * @example
 * inspectorFigure(await inspect(model, test, 0, { methods: ['deepTaylor'] }))
 */
export function inspectorFigure(
  inspected: Inspection | readonly Inspection[],
  { scale = 'map' }: InspectorFigureOptions = {},
): Figure {
  const inspections = isList(inspected) ? inspected : [inspected]
  if (inspections.every(({ explanations }) => explanations.length === 0))
    throw new Error('The inspector figure needs at least one method')
  for (const inspection of inspections) assertInspection(inspection, inspections[0]!)
  const scales = scalesOf(inspections, scale)
  return figureFrom((widthMm) => draw(inspections, { scale, ...scales }, widthMm), {
    rows: () =>
      inspections.flatMap((inspection) =>
        inspection.explanations.map(({ method, score, steps }) => ({
          ...(inspections.length > 1 ? { network: inspectedName(inspection) } : {}),
          method,
          [inspection.measure]: score,
          relevance: steps,
        })),
      ),
  })
}

const isList = (given: Inspection | readonly Inspection[]): given is readonly Inspection[] =>
  Array.isArray(given)

function assertInspection(inspection: Inspection, first: Inspection): void {
  const { dataset, sequence, items } = inspection
  if (dataset !== first.dataset || sequence !== first.sequence)
    throw new Error(
      `The inspector figure is of one sequence: it was given ${first.sequence} of ${first.dataset} and ${sequence} of ${dataset}`,
    )
  assertShape(inspection.pixels, inspection, 'Pixels of the sequence')
  for (const { method, values, steps } of inspection.explanations) {
    assertShape(values, inspection, `Relevance of ${methodName(method)}`)
    assertSteps(inspection, items.length, steps.length)
  }
}

/** How relevance becomes colour. */
interface Scales {
  readonly scale: HeatmapScale
  readonly ofMap: (map: InspectedMethod) => RelevanceScale
  readonly ofState: (state: StateRelevance) => RelevanceScale
}

function scalesOf(inspections: readonly Inspection[], scale: HeatmapScale): Omit<Scales, 'scale'> {
  const maps = inspections.flatMap(({ explanations }) => explanations)
  const states = new Map(
    maps.flatMap(({ method, states }) =>
      states.map((state) => [state, { method: `${method} ${state.state}`, values: stateValues(state) }]),
    ),
  )
  const ofMap = relevanceScales(maps, { clip: CLIP, scale })
  const ofState = relevanceScales([...states.values()], { clip: CLIP, scale })
  return { ofMap, ofState: (state) => ofState(states.get(state)!) }
}

function draw(inspections: readonly Inspection[], scales: Scales, widthMm: number): Figure {
  const maps = inspections.flatMap(({ explanations }) => explanations)
  const bars = colorBars(maps, CLIP)
  const layout = layOut(inspections, { scale: scales.scale, bars: bars.length, widthMm })
  const { texts, key, sequence, logits, longest, blocks } = layout
  const drawing = drawingOn(page(widthMm, layout.height))
  const { label } = drawing.page
  const font = { size: look.text, color: look.ink }
  drawing.add({
    annotations: [
      ...texts.map(({ text, left, top }) => label(left, top, text, { yanchor: 'top', align: 'left', font })),
      label(key.left, key.top, key.text, { yanchor: 'top', align: 'left', font: mutedFont() }),
    ],
  })
  const first = sequence === null ? drawing.next : FIRST_MAP
  if (sequence !== null) drawSequence(drawing, inspections[0]!, sequence)
  for (const block of blocks) drawMaps(drawing, block, scales, first)
  const range = commonRange(maps.map(({ steps }) => steps))
  const methods = [...new Set(maps.map(({ method }) => method))]
  for (const block of blocks) drawSteps(drawing, block, { range, scales, methods, isSole: sequence !== null })
  for (const [i, inspection] of inspections.entries()) drawLogitBars(drawing, logits[i]!, inspection, longest)
  drawColorBars(bars, drawing, SCALE_NAMES[scales.scale])
  return drawing.figure(describeInspections(inspections))
}

/** The number of the first map's panel, after that of the sequence. */
const FIRST_MAP = 1

function drawSequence(drawing: Drawing, inspection: Inspection, area: Area): void {
  const { items, relevant } = inspection
  drawInput(drawing, inspection, area, drawing.next)
  const room = area.width / items.length
  drawing.add({
    annotations: items.map((name, item) =>
      drawing.page.label(area.left + room * (item + 0.5), area.top - 3, fitText(name, room - 2), {
        xanchor: 'center',
        yanchor: 'bottom',
        font: { size: look.small, color: relevant.includes(item) ? look.ink : look.muted },
      }),
    ),
  })
}

function drawInput(drawing: Drawing, inspection: Inspection, area: Area, linked: number): void {
  const { pixels, items, relevant } = inspection
  const at = { panel: addRasterPanel(drawing, area, inspection, linked).names }
  drawing.add({
    data: [picture(pixels, inspection, at)],
    shapes: itemFrames(inspection, items.length, relevant, at),
  })
}

/** The sequence and a method's map of it, in panels that zoom together with those of all methods. */
function drawMaps(
  drawing: Drawing,
  { inspection, explanation, input, map }: Block,
  { ofMap }: Scales,
  linked: number,
): void {
  const { method, values, score } = explanation
  const { items, relevant, pixels } = inspection
  drawInput(drawing, inspection, input, linked)
  const at = { panel: addRasterPanel(drawing, map, inspection, linked).names }
  const name = methodLongName(method)
  const remark = isEmpty(explanation)
    ? 'no relevance'
    : `${measureShortName(inspection.measure)} ${fixed(score)}`
  const scored = fitText(remark, map.width / 2)
  const room = map.width - textWidth(scored) - 8
  const heading = textWidth(name, look.text) < room ? name : fitText(methodName(method), room, look.text)
  const { label } = drawing.page
  drawing.add({
    data: [
      relevanceMap(values, inspection, at, { scale: ofMap(explanation), name }),
      outline(pixels, inspection, at),
    ],
    shapes: itemFrames(inspection, items.length, relevant, at),
    annotations: [
      label(input.left, input.top - 2, heading, {
        yanchor: 'bottom',
        font: { size: look.text, color: look.ink },
      }),
      label(input.left + input.width, input.top - 2, scored, {
        xanchor: 'right',
        yanchor: 'bottom',
        font: smallFont(),
      }),
    ],
  })
}

interface StepsOf {
  readonly range: readonly [number, number]
  readonly scales: Scales
  readonly methods: readonly string[]
  readonly isSole: boolean
}

/** The relevance of each step under a map, and under it that of each hidden state. */
function drawSteps(
  drawing: Drawing,
  { inspection, explanation, map, isFirst }: Block,
  { range, scales, methods, isSole }: StepsOf,
): void {
  const { relevant, items, scan } = inspection
  const { method, steps, items: itemRelevance, states } = explanation
  const bars = { ...map, top: map.top + map.height + SHARES, height: BARS }
  const read = scan ? { scan } : {}
  drawStepBars(drawing, bars, {
    steps,
    relevant,
    items: items.length,
    itemRelevance,
    ...read,
    range,
    name: isSole ? methodLongName(method) : `${methodLongName(method)}, ${inspectedName(inspection)}`,
    style: methodStyle(method, methods),
    xLabel: states.length === 0 ? 'Step' : undefined,
    yLabel: isFirst ? 'Relevance (%)' : undefined,
  })
  let top = bars.top + BARS
  for (const [i, state] of states.entries()) {
    top += TICKS + STATE_TITLE
    const height = STATE_PITCH * state.units.length
    const isNamed = i === states.length - 1
    drawStateMap(
      drawing,
      { ...map, top, height },
      { states: state, scale: scales.ofState(state), ...read, isNamed },
    )
    top += height
  }
}
