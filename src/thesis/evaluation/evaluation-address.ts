import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Dataset } from '../../data/dataset.js'
import type { Measure } from '../../evaluation/measure.js'
import type { Evidence } from '../../explanation/evidence.js'
import type { Method } from '../../explanation/method.js'
import { moduleBeside } from '../../files/module-beside.js'
import type { NamedValues } from '../../network/parameters.js'
import { modelAddress } from '../models/configuration.js'
import type { Model } from '../models/model-value.js'
import { parametersDigest } from '../models/parameters-digest.js'
import type { Problem } from '../models/problem.js'
import { type CodeDigest, codeDigest } from '../values/code-digest.js'
import { codeFingerprint } from '../values/code-fingerprint.js'
import { referenceOf } from '../values/origin.js'
import type { EvaluatedTarget, WhatIsExplained } from './evaluate-sequences.js'

/** Raise when an evaluation means something else than before, though no code under `DRIVER` has changed. */
const VERSION = 4

/** The code between a model and its scores: it makes sequences, explains them and lets measures judge. */
const DRIVER = ['./evaluate-sequences', '../../data/splits']

/** All that determines the scores of a model by a method and a measure, as plain JSON. */
export interface EvaluationKey {
  readonly version: number
  readonly dataset: string
  readonly network: string
  /** The address of the model's configuration, which holds the fingerprint of its network. */
  readonly model: string
  readonly parameters: string
  readonly problem: Problem
  /** The checksum of the images that are explained. */
  readonly data: string
  readonly limit: number | null
  /** Which class is explained of each sequence. */
  readonly target: EvaluatedTarget
  readonly evidence: Evidence
  readonly method: CodeOf
  readonly measure: CodeOf
  /** The digest of the code between a model and its scores. */
  readonly driver: string
}

interface CodeOf {
  /** By what another process finds it. */
  readonly reference: string
  /** The digest of its code. */
  readonly code: string
}

/** The key of some scores, and when the code that they come from was last changed. */
export interface Addressed {
  readonly key: EvaluationKey
  /** In milliseconds since 1970. */
  readonly changed: number
}

/** The first 16 digits of the SHA-256 of a key. */
export const addressOfKey = (key: EvaluationKey): string =>
  createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 16)

/** What scores depend on as it is at one time, the code of methods, measures and of all between included: each is looked at once. */
export interface Codes {
  readonly driver: Promise<CodeDigest>
  of(kind: 'method' | 'measure', value: Method | Measure): Promise<CodeDigest | null>
  parameters(values: NamedValues): string
}

/** The code as it is from now on, looked at when it is asked for. */
export function codesNow(): Codes {
  const known = new Map<object, Promise<CodeDigest | null>>()
  const digests = new Map<NamedValues, string>()
  return {
    driver: codeDigest(...DRIVER.map((file) => fileURLToPath(moduleBeside(file, import.meta.url)))),
    of(kind, value) {
      const code = known.get(value) ?? codeFingerprint(kind, value)
      known.set(value, code)
      return code
    },
    parameters(values) {
      const digest = digests.get(values) ?? parametersDigest(values)
      digests.set(values, digest)
      return digest
    },
  }
}

/** What of a model its scores depend on. */
export interface EvaluatedModel extends Pick<Model, 'configuration' | 'parameters'> {
  readonly dataset: Pick<Dataset, 'checksum'>
}

/** The key of a model's scores by a method and a measure; null where one of these was made in a cell, whose code nobody knows. */
export async function keyOf(
  model: EvaluatedModel,
  method: Method,
  measure: Measure,
  { limit, target, evidence }: WhatIsExplained & { readonly limit: number | undefined },
  codes: Codes = codesNow(),
): Promise<Addressed | null> {
  const [driver, ofMethod, ofMeasure] = await Promise.all([
    codes.driver,
    codes.of('method', method),
    codes.of('measure', measure),
  ])
  if (ofMethod === null || ofMeasure === null) return null
  const { configuration, dataset, parameters } = model
  const key: EvaluationKey = {
    version: VERSION,
    dataset: configuration.dataset,
    network: configuration.network,
    model: modelAddress(configuration),
    parameters: codes.parameters(parameters),
    problem: configuration.problem,
    data: await dataset.checksum(),
    limit: limit ?? null,
    target,
    evidence,
    method: { reference: referenceOf(method)!, code: ofMethod.digest },
    measure: { reference: referenceOf(measure)!, code: ofMeasure.digest },
    driver: driver.digest,
  }
  return { key, changed: Math.max(driver.changed, ofMethod.changed, ofMeasure.changed) }
}
