import type { Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { PIXEL_RANGE } from '../../data/pixel-range.js'
import type { Probe } from '../../evaluation/measure.js'
import { evidenceValues } from '../../explanation/evidence.js'
import { type ExplainOptions, type Explanation, explainBatch } from '../../explanation/explain-batch.js'
import { logitsRepeated } from '../../network/logits.js'
import type { LoadedNetwork } from './loaded-network.js'

/** By a batch of sequences and the targets, what does not depend on the method; it goes when the batch is disposed of. */
const shared = new WeakMap<Tensor3D, Map<string, unknown>>()

/** What was made for a key, made the first time. */
function made<Value>(all: Map<string, unknown>, key: string, make: () => Value): Value {
  if (!all.has(key)) all.set(key, make())
  return all.get(key) as Value
}

/**
 * What measures may ask of a network and a method about a batch that was explained.
 *
 * @param how the way in which it was explained; questions are about the same targets, also where these were predictions
 * @param x the batch, `[batch, rows, columns]`
 * @param which positions among all sequences, `[batch]`
 */
export function probeOf(
  { forward, w }: LoadedNetwork,
  explanation: Explanation,
  how: ExplainOptions,
  x: Tensor3D,
  which: Int32Array,
): Probe {
  const { target, shape, logits } = explanation
  const ofTarget = (logits: Float32Array) =>
    Float64Array.from(evidenceValues(how.evidence ?? 'logit', logits, target))
  const ofBatch = shared.get(x) ?? new Map<string, unknown>()
  shared.set(x, ofBatch)
  const explained = `${how.evidence ?? 'logit'} of ${target.join(' ')}`
  return {
    x: x.dataSync<'float32'>(),
    range: how.range ?? PIXEL_RANGE,
    f: ofTarget(logits),
    seeds: which,
    evidence: (x) =>
      ofTarget(
        tf.tidy(() =>
          logitsRepeated(forward, w, tf.tensor3d(x, [...shape]))
            .dataSync<'float32'>()
            .slice(),
        ),
      ),
    once: (key, make) => made(ofBatch, `${key}, ${explained}`, make),
    explain(x) {
      const at = tf.tensor3d(x, [...shape])
      try {
        return explainBatch(forward, w, at, { ...how, target }).relevance
      } finally {
        at.dispose()
      }
    },
  }
}
