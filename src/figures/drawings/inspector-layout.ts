import { BAR_PITCH } from '../kit/color-bars.js'
import { look } from '../kit/look.js'
import { datasetName, measureInText, measureShortName } from '../kit/names.js'
import { fixed } from '../kit/numbers.js'
import { type Area, divide } from '../kit/page.js'
import { lineCount, textWidth, wrapText } from '../kit/text-width.js'
import { mm } from '../kit/units.js'
import type { HeatmapScale } from './heatmap-scale.js'
import { type InspectedMethod, type Inspection, inspectedName } from './inspection.js'
import { LOGIT_PITCH, logitMargins, shownClasses } from './logit-bars.js'
import { STATE_PITCH, type StateRelevance } from './state-map.js'

const [LEFT, RIGHT, GAP] = [42, 4, 24]
/** The narrowest map whose captions can be read. */
const LEAST = 92
/** Below it, in millimetres, what stands beside the sequence has no room. */
const NARROW = 165
/** Heights of what stands in a block besides its maps. */
export const [CAPTIONS, INPUT_GAP, SHARES, BARS, TICKS, STATE_TITLE] = [16, 4, 19, 62, 18, 16]
const [FOOT, HEADING, LOGITS_FOOT] = [38, 18, 30]

/** A text from its top left corner. */
export interface Placed {
  readonly text: string
  readonly left: number
  readonly top: number
}

/** What stands under each other for one method. */
export interface Block {
  readonly inspection: Inspection
  readonly explanation: InspectedMethod
  /** Of the sequence. */
  readonly input: Area
  /** Of the map under it, of the same size. */
  readonly map: Area
  /** Whether it is the first of its line. */
  readonly isFirst: boolean
}

/** Where everything stands on a page of a height. */
export interface InspectorLayout {
  readonly height: number
  readonly texts: readonly Placed[]
  /** What the marks mean, which is muted. */
  readonly key: Placed
  /** The sequence once more, with the names of its items, where there is one network. */
  readonly sequence: Area | null
  /** The logits of each network. */
  readonly logits: readonly Area[]
  /** The widest name of a class beside the logits. */
  readonly longest: number
  readonly blocks: readonly Block[]
}

/** Lays out the inspections of one sequence: what there is of each network at the top, and below it the methods, side by side where they fit. */
export function layOut(
  inspections: readonly Inspection[],
  { scale, bars, widthMm }: { scale: HeatmapScale; bars: number; widthMm: number },
): InspectorLayout {
  const [isNarrow, width] = [widthMm < NARROW, mm(widthMm)]
  const head = headOf(inspections, scale, isNarrow, width)
  const { lines, perLine } = linesOf(inspections, width)
  const slots = divide(LEFT, width - LEFT - RIGHT, Math.max(perLine, isNarrow ? 1 : 2), GAP)
  const { rows, columns } = inspections[0]!
  const mapHeight = Math.round((slots[0]!.size * rows) / columns)
  const states = lines.flatMap((line) => line.map(({ explanation }) => below(explanation.states)))
  const pitch = CAPTIONS + 2 * mapHeight + INPUT_GAP + Math.max(...states)
  const isNamed = inspections.length > 1
  const texts: Placed[] = [...head.texts]
  const blocks: Block[] = []
  let top = head.bottom
  for (const line of lines) {
    const names = line.map(({ inspection }) => inspectedName(inspection))
    if (isNamed) top += HEADING
    for (const [i, one] of line.entries()) {
      const { start: left, size } = slots[i]!
      const input: Area = { left, top: top + CAPTIONS, width: size, height: mapHeight }
      const map: Area = { ...input, top: input.top + mapHeight + INPUT_GAP }
      blocks.push({ ...one, input, map, isFirst: i === 0 })
      if (isNamed && (i === 0 || line[i - 1]!.inspection !== one.inspection))
        texts.push({ text: `<b>${names[i]}</b>`, left, top: top - HEADING + 4 })
    }
    top += pitch
  }
  return { ...head, texts, blocks, height: Math.ceil(top + 22 + BAR_PITCH * (bars - 1)) }
}

/** Methods of a line, of one network or of several. */
function linesOf(inspections: readonly Inspection[], width: number) {
  const fits = Math.max(1, Math.floor((width - LEFT - RIGHT + GAP) / (LEAST + GAP)))
  const groups = inspections.map((inspection) =>
    inspection.explanations.map((explanation) => ({ inspection, explanation })),
  )
  const all = groups.flat()
  if (all.length <= fits) return { lines: [all], perLine: all.length }
  const most = Math.max(...groups.map((group) => group.length))
  const perLine = Math.ceil(most / Math.ceil(most / fits))
  const lines = groups.flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / perLine) }, (_, i) =>
      group.slice(i * perLine, (i + 1) * perLine),
    ),
  )
  return { lines, perLine }
}

/** The title, and under it the sequence beside its logits, or the logits of several networks side by side. */
function headOf(inspections: readonly Inspection[], scale: HeatmapScale, isNarrow: boolean, width: number) {
  const [first] = inspections as [Inspection]
  const longest = isNarrow || inspections.length > 1 ? 100 : 150
  if (inspections.length === 1) return soleHead(first, scale, isNarrow, width, longest)
  const { dataset, sequence, items, classes, label } = first
  const title = `${datasetName(dataset)}, test sequence ${sequence}: ${items.join(', ')}; label <b>${classes[label]}</b>`
  const wrapped = wrapText(title, width - 12, look.text)
  const columns = divide(0, width, isNarrow ? 1 : inspections.length, 12)
  const texts: Placed[] = [{ text: wrapped, left: 2, top: 2 }]
  const logits: Area[] = []
  let [top, bottom] = [14 * lineCount(wrapped) + 10, 0]
  for (const [i, inspection] of inspections.entries()) {
    const { start, size } = columns[isNarrow ? 0 : i]!
    const told = wrapText(`<b>${inspectedName(inspection)}</b>: ${verdict(inspection)}`, size - 8, look.text)
    texts.push({ text: told, left: start + 2, top })
    const margins = logitMargins(inspection, longest)
    const area: Area = {
      left: start + margins.left,
      top:
        top + 14 * lineCount(told) + (shownClasses(inspection).length < inspection.classes.length ? 18 : 6),
      width: size - margins.left - margins.right,
      height: shownClasses(inspection).length * LOGIT_PITCH,
    }
    logits.push(area)
    bottom = Math.max(bottom, area.top + area.height + LOGITS_FOOT)
    if (isNarrow) top = bottom + 4
  }
  const text = keyOf(first, scale, width - 8)
  const key: Placed = { text, left: 4, top: bottom + 4 }
  return { texts, key, sequence: null, logits, longest, bottom: key.top + 12 * lineCount(text) + 8 }
}

function soleHead(
  inspection: Inspection,
  scale: HeatmapScale,
  isNarrow: boolean,
  width: number,
  longest: number,
) {
  const { rows, columns } = inspection
  const title = titleOf(inspection, width)
  const top = 14 * lineCount(title) + 6 + CAPTIONS
  // Whole pixels a cell, about as wide together whatever the size of the images.
  const cell = Math.min(
    Math.max(1, Math.floor(252 / columns)),
    (isNarrow ? width - 8 : 0.45 * width) / columns,
  )
  const sequence: Area = { left: 4, top, width: columns * cell, height: rows * cell }
  const text = keyOf(inspection, scale, isNarrow ? width - 8 : Math.max(sequence.width + 12, 220))
  const key: Placed = { text, left: sequence.left, top: top + sequence.height + 6 }
  const under = key.top + 18 + 12 * lineCount(text)
  const margins = logitMargins(inspection, longest)
  const left = (isNarrow ? 0 : sequence.left + sequence.width + 24) + margins.left
  const logits: Area = {
    left,
    top: isNarrow ? under : top,
    width: width - left - margins.right,
    height: shownClasses(inspection).length * LOGIT_PITCH,
  }
  const bottom = Math.max(under - 18, logits.top + logits.height + LOGITS_FOOT) + 12
  return { texts: [{ text: title, left: 2, top: 2 }], key, sequence, logits: [logits], longest, bottom }
}

/** The height of what stands under a map. */
function below(states: readonly StateRelevance[]): number {
  const maps = states.map(({ units }) => TICKS + STATE_TITLE + STATE_PITCH * units.length)
  return SHARES + BARS + maps.reduce((sum, height) => sum + height, 0) + FOOT
}

/** What a network predicts, and what is explained. */
const verdict = ({ classes, prediction, target }: Inspection): string =>
  `predicts <b>${classes[prediction]}</b>; explained: <b>${classes[target]}</b>`

/** What is shown, in as many lines as it needs. */
function titleOf(inspection: Inspection, width: number): string {
  const { dataset, sequence, classes, label } = inspection
  const phrases = [
    `${datasetName(dataset)}, test sequence ${sequence}, label <b>${classes[label]}</b>`,
    ...`${inspectedName(inspection)} ${verdict(inspection)}`.split('; '),
  ]
  const lines: string[] = []
  for (const phrase of phrases) {
    const longer = [...lines.slice(-1), phrase].join('; ')
    if (lines.length > 0 && textWidth(longer, look.text) < width - 12) lines[lines.length - 1] = longer
    else lines.push(phrase)
  }
  return lines.map((line) => wrapText(line, width - 12, look.text)).join('<br>')
}

const COLORS: Readonly<Record<HeatmapScale, string>> = {
  map: 'each map and each state has a scale of its own',
  method: 'the maps of a method share a scale, and so do its states',
  figure: 'all maps share one scale, and all states another',
}

/** What frames, scores, dashed lines and colours mean. */
function keyOf({ measure, baseline }: Inspection, scale: HeatmapScale, width: number): string {
  const [short, long] = [measureShortName(measure), measureInText(measure)]
  const named = short.toLowerCase() === long.toLowerCase() ? short : `${short}: ${long}`
  return wrapText(
    `Framed: the relevant items. ${named}; an explanation that knows nothing scores ${fixed(baseline, 3)}. ` +
      `Dashed: an equal share for each step. Colours: ${COLORS[scale]}.`,
    width,
  )
}
