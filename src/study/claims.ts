/** Networks of a study that are compared: an architecture, trained in some way. */
export interface Group {
  readonly network: string
  /** Default: own. */
  readonly variant?: string
}

/** What a claim says of numbers: of each pair that `low` lies below `high`, that a value is the same as another, or what varies most. */
export type Statement =
  | {
      readonly kind: 'less'
      /** Of each pair the first has the lower mean. */
      readonly pairs: readonly (readonly [Group, Group])[]
    }
  | {
      readonly kind: 'at chance'
      readonly groups: readonly Group[]
      /** By how much a mean may differ from chance and still count as chance. */
      readonly margin: number
    }
  | {
      readonly kind: 'equal accuracy'
      readonly groups: readonly Group[]
      readonly margin: number
    }
  | {
      readonly kind: 'varies most'
      /** The method whose means differ most between the groups. */
      readonly method: string
      readonly groups: readonly Group[]
    }
  | {
      readonly kind: 'smaller difference'
      /** The difference between the two groups is smaller by the second method than by the first. */
      readonly pair: readonly [Group, Group]
      readonly methods: readonly [string, string]
    }

/** A claim: what is compared, by which measure and methods, by which test and at which level. */
export interface Claim {
  readonly id: string
  /** Who claims it: the poster, or what chance and controls of one seed suggested. */
  readonly by: 'poster' | 'controls'
  readonly text: string
  readonly statement: Statement
  readonly measure: string
  readonly methods: readonly string[]
  /** Of differences between means of seeds, seed by seed; p-values of a claim are adjusted by Holm. */
  readonly test: 'paired t' | 'two one-sided t'
  readonly level: number
}

const network = (id: string, variant?: string): Group =>
  variant === undefined ? { network: id } : { network: id, variant }
const [shallow, deep, convDeep, rLstm, convRLstm] = [
  'shallow',
  'deep',
  'convdeep',
  'r-lstm',
  'conv-r-lstm',
].map((id) => network(id)) as [Group, Group, Group, Group, Group]
const five = [shallow, deep, convDeep, rLstm, convRLstm]
const plain = [shallow, deep, convDeep]
const gated = [rLstm, convRLstm]
const poster = ['sensitivity', 'guidedBackprop', 'deepTaylor']

const depth = [
  [shallow, deep],
  [deep, convDeep],
] as const
const gates = [
  [deep, rLstm],
  [convDeep, convRLstm],
] as const

/**
 * What the study is asked, written down before its first cell was computed: the poster’s two claims with their premise, and seven that follow
 * from chance levels and controls of one seed. Each holds per dataset.
 */
export const claims: readonly Claim[] = [
  {
    id: 'equal-accuracy',
    by: 'poster',
    text: 'The five networks are equally accurate, within one point',
    statement: { kind: 'equal accuracy', groups: five, margin: 0.01 },
    ...{ measure: 'accuracy', methods: [], test: 'two one-sided t', level: 0.05 },
  },
  {
    id: 'depth-and-gates',
    by: 'poster',
    text: 'Deeper networks are more explainable than shallow ones, and networks of the LSTM type more than plain ones, by the cosine',
    statement: { kind: 'less', pairs: [...depth, ...gates] },
    ...{ measure: 'cosine', methods: poster, test: 'paired t', level: 0.05 },
  },
  {
    id: 'deep-taylor-depends-most',
    by: 'poster',
    text: 'Deep Taylor decomposition depends most on the architecture, by the cosine',
    statement: { kind: 'varies most', method: 'deepTaylor', groups: five },
    ...{ measure: 'cosine', methods: poster, test: 'paired t', level: 0.05 },
  },
  {
    id: 'beyond-evenness',
    by: 'controls',
    text: 'Networks of the LSTM type are more explainable than plain ones also beyond what evenness alone scores',
    statement: { kind: 'less', pairs: gates },
    ...{ measure: 'cosineBeyondChance', methods: poster, test: 'paired t', level: 0.05 },
  },
  {
    id: 'gates-by-rank',
    by: 'controls',
    text: 'Networks of the LSTM type rank relevant items better than plain ones by every method',
    statement: { kind: 'less', pairs: gates },
    ...{ measure: 'itemRanking', methods: [...poster, 'gradientTimesInput'], test: 'paired t', level: 0.05 },
  },
  {
    id: 'depth-by-rank',
    by: 'controls',
    text: 'Depth helps guided backprop by rank',
    statement: { kind: 'less', pairs: depth },
    ...{ measure: 'itemRanking', methods: ['guidedBackprop'], test: 'paired t', level: 0.05 },
  },
  {
    id: 'deep-taylor-at-chance',
    by: 'controls',
    text: 'Deep Taylor decomposition ranks the items of plain networks at chance, within 0.05',
    statement: { kind: 'at chance', groups: plain, margin: 0.05 },
    ...{ measure: 'itemRanking', methods: ['deepTaylor'], test: 'two one-sided t', level: 0.05 },
  },
  {
    id: 'gate-not-size',
    by: 'controls',
    text: 'It is the gates: with as many parameters, R-LSTM and R-GRU rank items better than Elman-ReLU, by deep Taylor decomposition',
    statement: {
      kind: 'less',
      pairs: [
        [network('elman-relu'), rLstm],
        [network('elman-relu'), network('r-gru')],
      ],
    },
    ...{ measure: 'itemRanking', methods: ['deepTaylor'], test: 'paired t', level: 0.05 },
  },
  {
    id: 'learnt-evidence',
    by: 'controls',
    text: 'What deep Taylor decomposition shows of networks of the LSTM type was learnt: they score above themselves untrained and on shuffled labels',
    statement: {
      kind: 'less',
      pairs: gated.flatMap(({ network: id }) =>
        ['untrained', 'untrained2', 'shuffled'].map(
          (variant) => [network(id, variant), network(id)] as const,
        ),
      ),
    },
    ...{ measure: 'itemRanking', methods: ['deepTaylor'], test: 'paired t', level: 0.05 },
  },
  {
    id: 'pixel-rule',
    by: 'controls',
    text: 'That Shallow lies below Deep by deep Taylor decomposition is mostly the pixel rule: with z⁺ on shifted pixels the difference is smaller',
    statement: {
      kind: 'smaller difference',
      pair: [shallow, deep],
      methods: ['deepTaylor', 'deepTaylorShifted'],
    },
    ...{ measure: 'cosine', methods: ['deepTaylor', 'deepTaylorShifted'], test: 'paired t', level: 0.05 },
  },
]
