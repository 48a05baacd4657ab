import { type AccuracyScoreRow, accuracyScoreFigure } from '../../src/figures/charts/accuracy-score-figure.js'
import { datasetFigure } from '../../src/figures/charts/dataset-figure.js'
import { ledgerFigure } from '../../src/figures/charts/ledger-figure.js'
import { pixelFlippingFigure } from '../../src/figures/charts/pixel-flipping-figure.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { stepRelevanceFigure } from '../../src/figures/charts/step-relevance-figure.js'
import { trainingFigure } from '../../src/figures/charts/training-figure.js'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import { type Inspection, inspectorFigure } from '../../src/figures/drawings/inspector-figure.js'
import { methodFigure } from '../../src/figures/drawings/method-figure.js'
import { networkFigure } from '../../src/figures/drawings/network-figure.js'
import { problemFigure } from '../../src/figures/drawings/problem-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { register } from '../../src/values/registry.js'
import { DATASETS, NETWORKS, noise } from './example-values.js'
import { ownNetworkRows } from './own-network-rows.js'

register('architecture', { id: 'relu-gru', title: 'R-GRU' })
register('architecture', { id: 'own-elman', title: 'Elman network with ReLU' })
register('method', { id: 'steepness', title: 'Size of the gradient', short: 'size' })
register('dataset', { id: 'kmnist-maj', title: 'KMNIST-MAJ' })
register('measure', {
  id: 'first',
  title: 'Relevant item first',
  short: 'first',
  range: [0, 1],
  baselineName: 'guessing',
})
register('measure', { id: 'surplus', title: 'Surplus on relevant items', range: [-100, 100] })

/** The networks of the thesis, two that were defined and one that never was. */
export const OWN_NETWORKS = [...NETWORKS, 'relu-gru', 'own-elman', 'never-defined']
const ALL_METHODS = [
  ...[
    'sensitivity',
    'gradientTimesInput',
    'guidedBackprop',
    'integratedGradients',
    'occlusionByStep',
    'deepTaylor',
  ],
  ...['deepTaylorGatesHalf', 'lrpAlpha2Beta1', 'lrpEpsilon', 'lrpGamma', 'steepness'],
]
const SOME_METHODS = ['sensitivity', 'guidedBackprop', 'deepTaylor', 'steepness']

/** A measure whose chance differs between the datasets' problems. */
export function ownScoreRows(
  measure: 'first' | 'surplus' = 'first',
  methods: readonly string[] = SOME_METHODS,
): AccuracyScoreRow[] {
  const random = noise(21)
  return [...DATASETS.slice(0, 1), 'kmnist-maj'].flatMap((dataset, d) =>
    OWN_NETWORKS.flatMap((network, n) =>
      methods.map((method) => {
        const share = 0.35 + 0.06 * n + 0.15 * random()
        const mean = measure === 'first' ? share : 90 * (share - 0.5)
        const room = measure === 'first' ? 0.02 : 3
        return {
          dataset,
          network,
          method,
          measure,
          mean,
          low: mean - room,
          high: mean + room,
          baseline: measure === 'first' ? [2 / 3, 3 / 5][d]! : 0,
          accuracy: 0.95 + 0.005 * n - 0.04 * d,
        }
      }),
    ),
  )
}

/** `items` rings of 8×8 pixels, side by side, of which the first has a bar. */
function rings(items: number): { rows: number; columns: number; pixels: Uint8Array } {
  const [rows, columns] = [8, 8 * items]
  const pixels = Uint8Array.from({ length: rows * columns }, (_, i) => {
    const [x, y] = [(i % columns) % 8, Math.floor(i / columns)]
    const ring = Math.abs(Math.hypot(x - 3.5, y - 3.5) - 2.5) < 0.8
    return ring || (i % columns < 8 && x === 4) ? 255 : 0
  })
  return { rows, columns, pixels }
}

function ownHeatmaps(items: number, networks: readonly string[], methods: readonly string[]) {
  const random = noise(23)
  const { rows, columns, pixels } = rings(items)
  return networks.flatMap((network) =>
    methods.map((method) => ({
      network,
      method,
      sample: 'a',
      rows,
      columns,
      pixels,
      items,
      values: Float32Array.from(pixels, (value) => (value / 255) * random()),
      relevant: [0, 2, 3],
      scores: [
        { measure: 'cosine', value: random() },
        { measure: 'first', value: Math.round(random()) },
      ],
    })),
  )
}

const animals = ['Aardvark', 'Bohemian waxwing', 'Northern white-breasted hedgehog', 'Cat']
const manyClasses = Array.from({ length: 100 }, (_, k) => `${animals[k % 4]} no. ${k}`)

/** Five items read from right to left in ten steps, a hundred classes, and no state, or two. */
export function ownInspection(states: 0 | 2, changes: Partial<Inspection> = {}): Inspection {
  const random = noise(25)
  const list = (length: number) => Array.from({ length }, random)
  const [one, ...others] = ownHeatmaps(5, ['relu-gru'], ['deepTaylor', 'steepness'])
  const steps = 10
  return {
    dataset: 'kmnist-maj',
    network: 'relu-gru',
    sequence: 4,
    rows: one!.rows,
    columns: one!.columns,
    pixels: one!.pixels,
    scan: 'rightToLeft',
    items: [0, 1, 0, 0, 2].map((k) => manyClasses[k]!),
    relevant: [0, 2, 3],
    classes: manyClasses,
    logits: list(100).map((value, k) => 8 * value - 3 - k / 50),
    label: 0,
    prediction: 2,
    target: 2,
    measure: 'first',
    baseline: 3 / 5,
    explanations: [one!, ...others].map(({ method, values }) => ({
      method,
      values,
      steps: list(steps),
      items: list(5),
      score: 1,
      states: ['lower state', 'upper state'].slice(0, states).map((state, i) => ({
        state,
        size: 64,
        share: 0.4 + 0.1 * i,
        units: [7, 12, 60].map((unit) => ({ unit, steps: list(steps) })),
      })),
    })),
    ...changes,
  }
}

function ownLedgers() {
  const random = noise(27)
  return ['r-lstm', 'relu-gru'].flatMap((network) =>
    ['deepTaylor', 'lrpEpsilon'].map((method) => {
      const steps = Array.from({ length: 24 }, random)
      const entered = steps.reduce((sum, value) => sum + value, 0) / 0.9
      const epsilon = method === 'lrpEpsilon' ? 0.05 * entered : 0
      const [biases, initialState] = [0.02 * entered, 0.03 * entered]
      return {
        network,
        method,
        entered,
        steps,
        epsilon,
        biases,
        initialState,
        undistributed: 0.05 * entered - epsilon,
      }
    }),
  )
}

function manySplits() {
  const random = noise(29)
  return ['train', 'validation', 'test', 'shifted test'].flatMap((split) =>
    manyClasses.flatMap((label) =>
      [
        [0, 1, 2],
        [0, 1, 3],
        [0, 2, 4],
        [2, 3, 4],
      ].map((relevant) => ({ split, label, relevant, count: Math.round(50 + 20 * random()) })),
    ),
  )
}

const steps = (count: number, seed: number) => {
  const random = noise(seed)
  return Array.from({ length: count }, (_, i) => (i + 1) * (0.5 + random()))
}

const problem = (items: number) => ({
  ...rings(items),
  classes: Array.from({ length: items }, (_, item) => (item % 2 === 0 ? animals[2]! : animals[0]!)),
  label: animals[2]!,
  relevant: Array.from({ length: items }, (_, item) => item).filter((item) => item % 2 === 0),
})

/** Figures of a researcher's own networks, methods, measures and datasets, and of other sizes than the thesis's. */
export const ownFigures: Readonly<Record<string, () => Figure>> = {
  ownAccuracyScore: () => accuracyScoreFigure(ownScoreRows('surplus', ALL_METHODS)),
  ownDataset: () => datasetFigure(manySplits()),
  ownHeatmaps: () => heatmapFigure(ownHeatmaps(5, ['deep', 'own-elman', 'never-defined'], SOME_METHODS)),
  ownHeatmapsOfTwo: () => heatmapFigure(ownHeatmaps(4, ['own-elman'], ['steepness', 'never-defined-either'])),
  ownInspector: () => inspectorFigure(ownInspection(2)),
  ownInspectorWithoutStates: () => inspectorFigure(ownInspection(0)),
  ownInspectorOfTwoClasses: () =>
    inspectorFigure(
      ownInspection(0, {
        classes: ['good', 'bad'],
        items: ['good', 'bad', 'good', 'good', 'bad'],
        logits: [2, -1],
        prediction: 0,
        target: 1,
        measure: 'surplus',
        baseline: 0,
      }),
    ),
  ownLedger: () => ledgerFigure(ownLedgers()),
  ownMethod: () => {
    const [row] = ownHeatmaps(6, ['own-elman'], ['steepness'])
    return methodFigure({ ...row!, logit: 3.4, steps: 24, scan: 'rightToLeft' })
  },
  ownNetworks: () =>
    networkFigure([
      ownNetworkRows.gru!,
      ownNetworkRows.elman!,
      ownNetworkRows.twoLevels!,
      ownNetworkRows.twoLoops!,
      ownNetworkRows.bidirectional!,
    ]),
  ownNetworksOfManyLayers: () =>
    networkFigure([
      ownNetworkRows.bidirectionalDeep!,
      ownNetworkRows.branches!,
      ownNetworkRows.skips!,
      ownNetworkRows.everyStep!,
    ]),
  ownNetworksOfLongNames: () =>
    networkFigure([
      ownNetworkRows.longNames!,
      ownNetworkRows.manyMemories!,
      ownNetworkRows.noRecurrence!,
      ownNetworkRows.deepConvolutions!,
    ]),
  ownPixelFlipping: () =>
    pixelFlippingFigure(
      OWN_NETWORKS.flatMap((network, n) =>
        ALL_METHODS.flatMap((method, m) =>
          [0, 0.1, 0.2, 0.3].map((fraction) => {
            const value = Math.exp(-fraction * (1 + m / 2 + n))
            return { network, method, fraction, value, low: value - 0.02, high: value + 0.02 }
          }),
        ),
      ),
    ),
  ownProblem: () => problemFigure([problem(5), problem(5), problem(5)], { steps: 10, scan: 'rightToLeft' }),
  ownProblemInUnevenSteps: () => problemFigure([problem(3), problem(3)], { steps: 8 }),
  ownProblemOfManyItems: () => problemFigure([problem(12)], { steps: 48 }),
  ownScore: () => scoreFigure(ownScoreRows()),
  ownScoreOfAllMethods: () => scoreFigure(ownScoreRows('surplus', ALL_METHODS)),
  ownStepRelevance: () =>
    stepRelevanceFigure([
      {
        network: 'deep',
        method: 'deepTaylor',
        steps: steps(10, 1),
        items: 5,
        scan: 'rightToLeft',
        relevant: [0, 2, 3],
      },
      {
        network: 'own-elman',
        method: 'steepness',
        steps: steps(8, 2),
        items: 3,
        relevant: [0, 1],
        itemRelevance: [1, 2, 3],
      },
      { network: 'never-defined', steps: steps(28, 3), items: 4, relevant: [1, 2] },
    ]),
  ownTrainings: () =>
    trainingFigure(
      OWN_NETWORKS.flatMap((run, n) =>
        Array.from({ length: 6 }, (_, epoch) => ({
          run,
          dataset: 'kmnist-maj',
          epoch: epoch + 1,
          loss: Math.exp(-epoch / (1 + n)),
          accuracy: 1 - 0.5 * Math.exp(-epoch / (1 + n)),
          validationLoss: 1.1 * Math.exp(-epoch / (1 + n)),
          validationAccuracy: 0.98 - 0.5 * Math.exp(-epoch / (1 + n)),
          learningRate: 1e-3,
        })),
      ),
    ),
}
