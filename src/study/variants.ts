import type { Architecture } from '../architectures/index.js'
import type { Units } from '../network/geometry.js'
import type { Plan } from '../thesis/models/plan.js'
import type { Problem } from '../thesis/models/problem.js'
import type { TrainingOptions } from '../training/options.js'

/** What a training does otherwise than the study's own. */
export interface Variant {
  /** In cells, tables and command lines, e.g. `shuffled`. */
  readonly id: string
  /** In text, e.g. `trained on shuffled labels`. */
  readonly title: string
  /** Whether it is a control: a network that cannot know what it is explained for. */
  readonly isControl: boolean
  readonly training?: Partial<TrainingOptions>
  readonly problem?: Partial<Problem>
  readonly plan?: Pick<Plan, 'sequences' | 'labels'>
  /** Neurons of some layers. */
  readonly units?: Units
  /** What random kernels are multiplied by, where nothing is trained. */
  readonly untrainedGain?: number
  /** Whether the variant is one for a network. Default: for all. */
  isFor?(network: Architecture): boolean
}

const isLstm = ({ id }: Architecture) => id === 'r-lstm' || id === 'conv-r-lstm'

/** The variants that a study can have, in their order. */
export const variants: readonly Variant[] = [
  { id: 'own', title: 'as trained', isControl: false },
  {
    id: 'perSequence',
    title: 'one dropout mask for all steps',
    isControl: false,
    training: { dropout: 'perSequence' },
    isFor: isLstm,
  },
  {
    id: 'asDeep',
    title: 'as many parameters as Deep',
    isControl: false,
    // 154,084 parameters, where Deep has 153,578 and a cell of 72 gives 145,914.
    units: { cell: 77 },
    isFor: ({ id }) => id === 'r-lstm',
  },
  {
    id: 'items5',
    title: '5 items, 3 of them relevant',
    isControl: false,
    problem: { items: 5, majority: 3 },
  },
  {
    id: 'items7',
    title: '7 items, 4 of them relevant',
    isControl: false,
    problem: { items: 7, majority: 4 },
  },
  { id: 'untrained', title: 'untrained', isControl: true, untrainedGain: 1 },
  { id: 'untrained2', title: 'untrained, kernels × 2', isControl: true, untrainedGain: 2 },
  {
    id: 'shuffled',
    title: 'trained on shuffled labels',
    isControl: true,
    // Labels that only memory can fit take many passes over few sequences, without dropout, which would hinder it.
    training: { epochs: 80, keepProbability: 1 },
    problem: { freshSequences: false },
    plan: { sequences: 2000, labels: 'shuffled' },
  },
]

/**
 * The variant of an id.
 *
 * @throws RangeError listing the ids there are
 */
export function variantOf(id: string): Variant {
  const found = variants.find((variant) => variant.id === id)
  if (found !== undefined) return found
  throw new RangeError(`variant '${id}' is unknown; there are ${variants.map(({ id }) => id).join(', ')}`)
}
