import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/backend/use-backend.js'
import { architectures, posterMethods } from '../../src/catalogue/index.js'
import { cosine } from '../../src/evaluation/index.js'
import { deepTaylor, type Method } from '../../src/explanation/index.js'
import { parameterFiles } from '../../src/explorer/build/weights.js'
import { decodeSafetensors } from '../../src/files/safetensors.js'
import { mean } from '../../src/statistics/index.js'
import { explainInBatches } from '../../src/thesis/evaluation/explain-in-batches.js'
import { majority } from '../../src/thesis/models/majority.js'
import { loadModel } from '../../src/thesis/models/model.js'
import type { Model } from '../../src/thesis/models/model-value.js'

const SEQUENCES = 1000
const MOST_BY_COSINE = 0.001

beforeAll(async () => {
  await useBackend()
})

/** What is predicted of the first test sequences, and the cosine of every sequence by every method. */
async function found(model: Model) {
  const { test } = await majority(model.dataset, model.configuration.problem)
  const which = Array.from({ length: SEQUENCES }, (_, i) => i)
  const predictions: number[] = []
  const cosines = new Map<Method, number[]>(posterMethods.map((method) => [method, []]))
  const options = { methods: posterMethods, measures: [cosine] }
  await explainInBatches(model, test, which, options, (batch) => {
    if (batch.method === posterMethods[0]) predictions.push(...batch.predictions)
    cosines.get(batch.method)!.push(...batch.scores.cosine!)
  })
  return { predictions, cosines }
}

type Found = Awaited<ReturnType<typeof found>>

const largest = (one: Found, other: Found, method: Method) =>
  Math.max(...one.cosines.get(method)!.map((value, i) => Math.abs(value - other.cosines.get(method)![i]!)))

describe.each(['mnist-maj', 'fashion-mnist-maj'])('half precision, on %s', (dataset) => {
  it.each(architectures.map(({ id }) => id))(
    `changes no prediction of ${SEQUENCES} test sequences by %s and no mean cosine by more than ${MOST_BY_COSINE}; what follows is exact`,
    async (network) => {
      const model = await loadModel(dataset, network)
      const { rounded, exact } = parameterFiles(model)
      const [half, single] = [rounded, exact].map((file) => decodeSafetensors(file, 'it').tensors)
      const whole = await found(model)
      const coarse = await found({ ...model, parameters: half! })
      expect(coarse.predictions).toEqual(whole.predictions)
      // What follows is the network itself, bit by bit.
      expect(single).toEqual(model.parameters)
      for (const method of posterMethods) {
        const moved = Math.abs(mean(coarse.cosines.get(method)!) - mean(whole.cosines.get(method)!))
        expect(moved, `mean by ${method.id}`).toBeLessThanOrEqual(MOST_BY_COSINE)
      }
      // Deep Taylor has no slopes that jump where a neuron is switched on.
      expect(largest(coarse, whole, deepTaylor)).toBeLessThanOrEqual(MOST_BY_COSINE)
    },
  )
})
