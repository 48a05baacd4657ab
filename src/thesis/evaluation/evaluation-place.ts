import type { Measure } from '../../evaluation/measure.js'
import type { Method } from '../../explanation/method.js'
import { findCheckpoint } from '../models/checkpoint-folders.js'
import type { Model } from '../models/model-value.js'
import { parametersDigest } from '../models/parameters-digest.js'
import { readModel } from '../models/training-run.js'
import { listed } from '../reading/sentences.js'
import { NOUN } from '../values/kinds.js'
import { referenceOf } from '../values/origin.js'
import type { WhatIsExplained } from './evaluate-sequences.js'

/** One model to be evaluated by some methods and measures. */
export interface Evaluating extends WhatIsExplained {
  readonly model: Model
  readonly methods: readonly Method[]
  readonly measures: readonly Measure[]
}

/** Where an evaluation can run: in a worker that loads the checkpoint in a folder, or in this process alone, and why. */
export type Place = { readonly folder: string } | { readonly here: string }

/** Finds where a model can be evaluated: a worker has to find the values, and the same parameters, by itself. */
export async function placeOf({
  model,
  methods,
  measures,
}: Omit<Evaluating, keyof WhatIsExplained>): Promise<Place> {
  const { architecture, dataset, configuration, parameters } = model
  const values = [
    { kind: 'architecture', value: architecture } as const,
    { kind: 'dataset', value: dataset } as const,
    ...methods.map((value) => ({ kind: 'method', value }) as const),
    ...measures.map((value) => ({ kind: 'measure', value }) as const),
  ]
  const own = values.filter(({ value }) => referenceOf(value) === null)
  if (own.length > 0) {
    const names = listed(own.map(({ kind, value }) => `${NOUN[kind]} '${value.id}'`))
    return { here: `${names} ${own.length === 1 ? 'was' : 'were'} made in it` }
  }
  const folder = findCheckpoint(configuration)
  if (folder === null) return { here: 'the parameters are in no checkpoint' }
  const kept = await readModel(folder, configuration, model)
  return parametersDigest(kept.parameters) === parametersDigest(parameters)
    ? { folder }
    : { here: 'the parameters are not those of the checkpoint' }
}
