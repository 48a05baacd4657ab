import { measures, method as methodOf } from '../../catalogue/index.js'
import { scoreBatch } from '../../evaluation/score.js'
import { explainBatch } from '../../explanation/explain-batch.js'
import { stepSums } from '../../explanation/ledger.js'
import { predictionsOf } from '../../network/predictions.js'
import { type Examples, exampleItem } from '../shared/examples.js'
import { majorityOf } from '../shared/majority-of.js'
import type { ShownDataset } from '../shared/manifest.js'
import type { Survey, SurveyRow } from '../shared/protocol.js'
import type { Loaded } from './networks.js'
import { nextTurn } from './next-turn.js'
import { pixelsOf } from './sequences.js'

/** How many sequences are explained at once: few enough for a drawing not to have to wait long. */
const TOGETHER = 8

/** Explains the examples for their labels by one network and method. */
export async function surveyRow(
  network: Loaded,
  { subject, method }: Survey['asked'][number],
  { measures: scoredBy }: Survey,
  examples: Examples,
  dataset: ShownDataset,
): Promise<SurveyRow> {
  const { items: width, majority, classes } = dataset.problem
  const wanted = measures.filter(({ id }) => scoredBy.includes(id))
  const found = {
    items: [] as number[][],
    relevant: [] as boolean[][],
    scores: Object.fromEntries(scoredBy.map((id) => [id, [] as number[]])),
    isRight: [] as boolean[],
  }
  const shares = new Array<number>(network.geometry.steps).fill(0)
  for (let start = 0; start < examples.count; start += TOGETHER) {
    const which = Array.from({ length: Math.min(TOGETHER, examples.count - start) }, (_, i) => start + i)
    const places = which.flatMap((sequence) => Array.from({ length: width }, (_, k) => sequence * width + k))
    const verdicts = which.map((sequence) =>
      majorityOf(Array.from(examples.labels.subarray(sequence * width, (sequence + 1) * width)), majority),
    )
    const x = pixelsOf(
      places.map((place) => exampleItem(examples, place)),
      dataset,
    )
    try {
      const target = verdicts.map(({ label }) => label!)
      const { geometry, forward, w } = network
      const explained = explainBatch(forward, w, x, {
        method: methodOf(method),
        target,
        geometry,
        items: width,
      })
      const flags = Uint8Array.from(verdicts.flatMap(({ relevant }) => relevant.map(Number)))
      const nameOf = (row: number) => `the relevance of test sequence ${which[row]}`
      const { itemRelevance, scores } = scoreBatch(
        explained.relevance,
        explained.shape,
        flags,
        wanted,
        nameOf,
      )
      const predictions = predictionsOf(explained.logits, classes)
      const absolute = explained.relevance.map(Math.abs)
      for (const [i, { relevant }] of verdicts.entries()) {
        found.items.push(Array.from(itemRelevance.subarray(i * width, (i + 1) * width)))
        found.relevant.push([...relevant])
        found.isRight.push(predictions[i] === target[i])
        for (const id of scoredBy) found.scores[id]!.push(scores[id]![i]!)
        const steps = stepSums(absolute, explained.shape, geometry, i)
        const total = steps.reduce((sum, value) => sum + value, 0) || 1
        for (const [step, value] of steps.entries()) shares[step]! += value / total / examples.count
      }
    } finally {
      x.dispose()
    }
    await nextTurn()
  }
  return { subject, method, ...found, stepShares: shares }
}
