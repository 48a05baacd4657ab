import type { MajoritySequences } from '../../data/majority.js'
import { provenance } from '../../data/provenance.js'
import { relevanceCosines } from '../../evaluation/index.js'
import type { Explanation, Method } from '../../explanation/index.js'
import type { HeatmapRow } from '../../figures/drawings/heatmap-figure.js'
import type { MethodRow } from '../../figures/drawings/method-figure.js'
import type { ProblemRow } from '../../figures/drawings/problem-figure.js'
import { predictionsOf } from '../../network/predictions.js'
import { className } from '../class-names.js'
import { type ExplainSequencesOptions, explainSequences } from '../evaluation/explain-sequences.js'
import type { DatasetName } from '../models/configuration.js'
import type { Model } from '../models/training-run.js'
import { relevantItems } from './choose-samples.js'

/** The bytes of a sequence, 0 (background) to 255, row-major, `[rows, columns]`. */
export function sequencePixels(sequences: MajoritySequences, sequence: number): Uint8Array {
  const { images, items, itemsPerSequence, rows, columns } = sequences
  const pixels = new Uint8Array(rows * columns)
  for (let k = 0; k < itemsPerSequence; k++) {
    const image = items[sequence * itemsPerSequence + k]! * rows * images.columns
    for (let row = 0; row < rows; row++) {
      const line = images.pixels.subarray(image + row * images.columns, image + (row + 1) * images.columns)
      pixels.set(line, row * columns + k * images.columns)
    }
  }
  return pixels
}

/** A sequence for the problem figure. */
export function problemRow(dataset: DatasetName, sequences: MajoritySequences, sequence: number): ProblemRow {
  return {
    rows: sequences.rows,
    columns: sequences.columns,
    pixels: sequencePixels(sequences, sequence),
    classes: provenance(sequences, sequence).map(({ label }) => className(dataset, label)),
    label: className(dataset, sequences.labels[sequence]!),
    relevant: relevantItems(sequences, sequence),
  }
}

/** One explained sequence for the method figure. */
export async function methodRow(
  model: Model,
  sequences: MajoritySequences,
  sequence: number,
  method: Method,
): Promise<MethodRow> {
  const explanation = await explainSequences(model, sequences, [sequence], { method })
  return {
    network: model.configuration.network,
    method: method.id,
    rows: sequences.rows,
    columns: sequences.columns,
    pixels: sequencePixels(sequences, sequence),
    values: explanation.relevance,
    logit: explanation.logits[explanation.target[0]!]!,
  }
}

/** A heatmap with the class that its network predicts, by name. */
export interface ExplainedRow extends HeatmapRow {
  readonly prediction: string
}

/** The heatmaps of some sequences in some networks by some methods, with cosines and predictions, which are in the title where they are wrong. */
export async function heatmapRows(
  models: readonly Model[],
  sequences: MajoritySequences,
  which: readonly number[],
  methods: readonly Method[],
  options: Omit<ExplainSequencesOptions, 'method'> = {},
): Promise<ExplainedRow[]> {
  const rows: ExplainedRow[] = []
  for (const model of models) {
    for (const method of methods) {
      const explanation = await explainSequences(model, sequences, which, { method, ...options })
      rows.push(...explanationRows(model, sequences, which, method, explanation))
    }
  }
  return rows
}

function explanationRows(
  { configuration: { dataset, network } }: Model,
  sequences: MajoritySequences,
  which: readonly number[],
  method: Method,
  { relevance, shape, logits }: Explanation,
): ExplainedRow[] {
  const { rows, columns, itemsPerSequence, classes } = sequences
  const relevant = which.map((s) => relevantItems(sequences, s))
  const flags = relevant.flatMap((items) =>
    Array.from({ length: itemsPerSequence }, (_, k) => (items.includes(k) ? 1 : 0)),
  )
  const cosines = relevanceCosines(relevance, shape, flags)
  const predictions = predictionsOf(logits, classes)
  return which.map((sequence, i) => {
    const label = sequences.labels[sequence]!
    const prediction = className(dataset, predictions[i]!)
    return {
      network,
      method: method.id,
      sample: `${className(dataset, label)} (no. ${sequence})`,
      rows,
      columns,
      values: relevance.slice(i * rows * columns, (i + 1) * rows * columns),
      pixels: sequencePixels(sequences, sequence),
      relevant: relevant[i]!,
      cosine: cosines[i]!,
      prediction,
      ...(predictions[i] === label ? {} : { title: `predicts ${prediction}` }),
    }
  })
}
