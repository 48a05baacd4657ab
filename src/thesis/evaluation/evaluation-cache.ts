import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../../files/project-root.js'
import { writeAtomically } from '../../files/write-atomically.js'
import type { ModelConfiguration } from '../models/configuration.js'
import { loadModel } from '../models/model.js'
import type { ModelEvaluation } from './evaluate-model.js'
import { type EvaluateModelsOptions, evaluateModels } from './evaluate-models.js'

/** Raise when an evaluation means something else than before. */
const VERSION = 1

/**
 * As `evaluateModels`, but a model whose parameters, methods and number of sequences are unchanged is read from
 * `results/evaluation`, so that a rerun cell answers in a moment.
 */
export async function evaluateModelsOnce(
  configurations: readonly ModelConfiguration[],
  options: EvaluateModelsOptions,
): Promise<ModelEvaluation[]> {
  const files = await Promise.all(configurations.map((configuration) => cacheFile(configuration, options)))
  const missing = configurations.filter((_, i) => !existsSync(files[i]!))
  if (missing.length > 0) {
    await evaluateModels(missing, {
      ...options,
      // Kept one by one: what is finished when another fails or the run is interrupted need not be done again.
      onEvaluation: async (configuration, { correct, cosines }) => {
        const plain = {
          correct: Array.from(correct),
          cosines: mapValues(cosines, (values) => Array.from(values)),
        }
        const file = files[configurations.indexOf(configuration)]!
        await writeAtomically(file, Buffer.from(JSON.stringify(plain)))
      },
    })
  }
  return Promise.all(
    files.map(async (file) => {
      const { correct, cosines } = JSON.parse(await readFile(file, 'utf8'))
      return {
        correct: Uint8Array.from(correct),
        cosines: mapValues(cosines as Record<string, number[]>, (values) => Float64Array.from(values)),
      }
    }),
  )
}

async function cacheFile(
  configuration: ModelConfiguration,
  { methods, limit }: EvaluateModelsOptions,
): Promise<string> {
  const { parameters } = await loadModel(configuration)
  const hash = createHash('sha256').update(
    JSON.stringify([VERSION, configuration.problem, methods, limit ?? null]),
  )
  for (const [name, { values }] of Object.entries(parameters)) hash.update(name).update(values)
  const name = `${configuration.dataset}-${configuration.network}-${hash.digest('hex').slice(0, 12)}.json`
  return join(projectRoot(), 'results', 'evaluation', name)
}

const mapValues = <A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]))
