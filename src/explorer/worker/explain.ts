import type { Tensor3D } from '@tensorflow/tfjs-core'
import { measures, method as methodOf } from '../../catalogue/index.js'
import { scoreBatch } from '../../evaluation/score.js'
import { explainBatch } from '../../explanation/explain-batch.js'
import { stepSums } from '../../explanation/ledger.js'
import { relevanceScale } from '../../figures/kit/raster.js'
import { logitsOf } from '../../network/logits.js'
import { predictionsOf } from '../../network/predictions.js'
import { majorityOf } from '../shared/majority-of.js'
import type { ShownDataset } from '../shared/manifest.js'
import type { Cell, Question, Verdict } from '../shared/protocol.js'
import type { Loaded } from './networks.js'
import { passageOf } from './passage.js'
import { pixelsOf } from './sequences.js'

/** The share of pixels whose relevance lies within the colours: single strong pixels would pale the rest. */
const CLIP = 0.995

/** What the items are: as labelled, or what the network reads where an item stands at every place of a sequence. */
export function verdictOf(
  { items, labels }: Question,
  network: Loaded | null,
  dataset: ShownDataset,
): Verdict {
  const asked = items.flatMap((item, place) => (labels[place] === null && item.some(Boolean) ? place : []))
  const read =
    network === null || asked.length === 0
      ? []
      : readAlone(
          asked.map((place) => items[place]!),
          network,
          dataset,
        )
  const known = labels.map((label, place) => label ?? read[asked.indexOf(place)] ?? null)
  return majorityOf(known, dataset.problem.majority)
}

function readAlone(items: readonly Uint8Array[], { forward, w }: Loaded, dataset: ShownDataset): Int32Array {
  const sequences = items.flatMap((item) => Array.from({ length: dataset.problem.items }, () => item))
  const x = pixelsOf(sequences, dataset)
  try {
    return predictionsOf(logitsOf(forward, w, x), dataset.problem.classes)
  } finally {
    x.dispose()
  }
}

/** What one network finds in a sequence without being explained, `[classes]`. */
export const logitsOfOne = ({ forward, w }: Loaded, x: Tensor3D): number[] =>
  Array.from(logitsOf(forward, w, x))

/** The class that is explained. */
export function targetOf({ asked }: Question, { label }: Verdict, logits: readonly number[]): number {
  if (typeof asked === 'number') return asked
  if (asked === 'label' && label !== null) return label
  return predictionsOf(Float32Array.from(logits), logits.length)[0]!
}

/** Explains a sequence by one network and method. */
export function explainCell(
  network: Loaded,
  x: Tensor3D,
  dataset: ShownDataset,
  chosen: {
    readonly subject: number
    readonly method: string
    readonly target: number
    readonly isFollowed: boolean
  },
  verdict: Verdict,
  scoredBy: readonly string[],
): Cell {
  const { subject, method, target, isFollowed } = chosen
  const { geometry } = network
  const explanation = explainBatch(network.forward, network.w, x, {
    method: methodOf(method),
    target,
    geometry,
    items: dataset.problem.items,
    record: isFollowed,
  })
  const { relevance, shape } = explanation
  const flags = Uint8Array.from(verdict.relevant, Number)
  const wanted = verdict.label === null ? [] : measures.filter(({ id }) => scoredBy.includes(id))
  const { itemRelevance, scores } = scoreBatch(relevance, shape, flags, wanted, () => 'the relevance')
  return {
    subject,
    method,
    relevance,
    scale: relevanceScale(relevance, CLIP),
    target,
    items: Array.from(itemRelevance),
    steps: stepSums(relevance, shape, geometry, 0),
    scores:
      verdict.label === null
        ? null
        : Object.fromEntries(Object.entries(scores).map(([id, [score]]) => [id, score!])),
    passage: isFollowed ? passageOf(explanation, network, x) : null,
  }
}
