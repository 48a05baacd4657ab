import type { Architecture } from '../architectures/architecture.js'
import { convDeep, convRLstm, deep, rLstm, shallow } from '../architectures/index.js'
import { FASHION_MNIST_MAJ, MNIST_MAJ } from '../data/shipped-datasets.js'
import type { Measure } from '../evaluation/measure.js'
import { completeness, completenessOfEvidence } from '../evaluation/measures/completeness.js'
import { cosine } from '../evaluation/measures/cosine.js'
import { cosineBeyondChance } from '../evaluation/measures/cosine-beyond-chance.js'
import { deletion, insertion } from '../evaluation/measures/deletion-insertion.js'
import { infidelity } from '../evaluation/measures/infidelity.js'
import { irrelevantLeast } from '../evaluation/measures/irrelevant-least.js'
import { itemFlipping } from '../evaluation/measures/item-flipping.js'
import { itemRanking } from '../evaluation/measures/item-ranking.js'
import { pixelFlipping } from '../evaluation/measures/pixel-flipping.js'
import { pointingGame } from '../evaluation/measures/pointing-game.js'
import { relevanceMass } from '../evaluation/measures/relevance-mass.js'
import { relevanceRank } from '../evaluation/measures/relevance-rank.js'
import { robustness } from '../evaluation/measures/robustness.js'
import { sensitivityN } from '../evaluation/measures/sensitivity-n.js'
import { sparsity } from '../evaluation/measures/sparsity.js'
import {
  deepLift,
  deepTaylor,
  deepTaylorFlat,
  deepTaylorGatesAbsolute,
  deepTaylorGatesHalf,
  deepTaylorGatesProportional,
  deepTaylorShifted,
  deepTaylorWSquared,
  epsilonGammaBox,
  gradientTimesInput,
  guidedBackprop,
  guidedBackpropWithoutGates,
  integratedGradients,
  lrpAlpha1Beta0,
  lrpAlpha2Beta1,
  lrpEpsilon,
  lrpGamma,
  lrpZero,
  type Method,
  occlusionByItem,
  occlusionByPatch,
  occlusionByStep,
  randomRelevance,
  sensitivity,
  shapleyByItem,
  smoothGrad,
  smoothGradSquared,
  uniformRelevance,
} from '../explanation/index.js'
import { type Kind, type Named, register } from '../values/registry.js'
import type { SeriesStyle } from '../values/series-style.js'
import { methodStyles, networkStyles } from './styles.js'

/** The thesis's five architectures, from shallow to deep, then the LSTM types. */
export const architectures: readonly Architecture[] = [shallow, deep, convDeep, rLstm, convRLstm]

/** The methods that are shipped: gradients and paths first, removal after, then decompositions; baselines last. */
export const methods: readonly Method[] = [
  sensitivity,
  gradientTimesInput,
  smoothGrad,
  smoothGradSquared,
  guidedBackprop,
  guidedBackpropWithoutGates,
  integratedGradients,
  deepLift,
  occlusionByItem,
  occlusionByStep,
  occlusionByPatch,
  shapleyByItem,
  deepTaylor,
  deepTaylorWSquared,
  deepTaylorFlat,
  deepTaylorShifted,
  deepTaylorGatesHalf,
  deepTaylorGatesProportional,
  deepTaylorGatesAbsolute,
  lrpAlpha1Beta0,
  lrpAlpha2Beta1,
  lrpZero,
  lrpEpsilon,
  lrpGamma,
  epsilonGammaBox,
  randomRelevance,
  uniformRelevance,
]

/** The three methods of the poster. */
export const posterMethods: readonly Method[] = [sensitivity, guidedBackprop, deepTaylor]

/** The measures that are shipped: the poster's, then by items and by pixels, and those that try the network or the method out. */
export const measures: readonly Measure[] = [
  cosine,
  cosineBeyondChance,
  itemRanking,
  irrelevantLeast,
  relevanceMass,
  relevanceRank,
  pointingGame,
  itemFlipping,
  pixelFlipping,
  deletion,
  insertion,
  sensitivityN,
  infidelity,
  completeness,
  completenessOfEvidence,
  robustness,
  sparsity,
]

function list(
  kind: Kind,
  values: readonly Named[],
  styles: Readonly<Record<string, SeriesStyle>> = {},
): void {
  for (const [place, value] of values.entries())
    register(kind, { ...value, style: value.style ?? styles[value.id] }, place)
}

list('architecture', architectures, networkStyles)
list('method', methods, methodStyles)
list('measure', measures)
// Their loading needs more than runs anywhere; their names do not.
list('dataset', [MNIST_MAJ, FASHION_MNIST_MAJ])

/** The shipped architecture of an id; throws an Error listing those there are. */
export const architecture = (id: string): Architecture => shippedOf('architecture', architectures, id)

/** The shipped method of an id; throws an Error listing those there are. */
export const method = (id: string): Method => shippedOf('method', methods, id)

function shippedOf<Value extends Named>(kind: Kind, values: readonly Value[], id: string): Value {
  const found = values.find((value) => value.id === id)
  if (found === undefined)
    throw new Error(`${kind} '${id}' is unknown; there are ${values.map(({ id }) => id).join(', ')}`)
  return found
}

export { THESIS_PROBLEM } from './problem.js'
