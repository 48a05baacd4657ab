import { type AccuracyScoreRow, accuracyScoreFigure } from '../../src/figures/charts/accuracy-score-figure.js'
import { curveFigure } from '../../src/figures/charts/curve-figure.js'
import { datasetFigure } from '../../src/figures/charts/dataset-figure.js'
import { forestFigure } from '../../src/figures/charts/forest-figure.js'
import { ledgerFigure } from '../../src/figures/charts/ledger-figure.js'
import { pixelFlippingFigure } from '../../src/figures/charts/pixel-flipping-figure.js'
import { scoreFigure } from '../../src/figures/charts/score-figure.js'
import { stepRelevanceFigure } from '../../src/figures/charts/step-relevance-figure.js'
import { type TrainingRow, trainingFigure } from '../../src/figures/charts/training-figure.js'
import { heatmapFigure } from '../../src/figures/drawings/heatmap-figure.js'
import type { HeatmapRow } from '../../src/figures/drawings/heatmap-grid.js'
import { type Inspection, inspectorFigure } from '../../src/figures/drawings/inspector-figure.js'
import { methodFigure } from '../../src/figures/drawings/method-figure.js'
import { networkFigure } from '../../src/figures/drawings/network-figure.js'
import { type ProblemRow, problemFigure } from '../../src/figures/drawings/problem-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import { DATASETS, NETWORKS, noise } from './example-values.js'
import { networkRows } from './network-rows.js'
import { ownFigures } from './own-figures.js'

const METHODS = ['sensitivity', 'gradientTimesInput', 'guidedBackprop', 'deepTaylor', 'lrpAlpha2Beta1']
const POSTER_METHODS = ['sensitivity', 'guidedBackprop', 'deepTaylor']
const [ROWS, COLUMNS, STEPS] = [8, 24, 12]

export function accuracyRows(methods: readonly string[] = POSTER_METHODS): AccuracyScoreRow[] {
  const random = noise(1)
  return DATASETS.flatMap((dataset, d) =>
    NETWORKS.flatMap((network, n) =>
      methods.map((method, m) => {
        const mean = Math.round(1e3 * (0.45 + 0.1 * n - 0.03 * d + 0.01 * m + 0.05 * random())) / 1e3
        return {
          dataset,
          network,
          method,
          measure: 'cosine',
          mean,
          low: mean - 0.01,
          high: mean + 0.008,
          baseline: Math.sqrt(2 / 3),
          accuracy: 0.979 + 0.002 * n - 0.09 * d,
          sequences: 10_000,
        }
      }),
    ),
  )
}

function trainingRows(epochs: number, pace: number, run?: string): TrainingRow[] {
  const random = noise(7)
  return Array.from({ length: epochs }, (_, i) => {
    const rest = Math.exp(-(i + 1) / pace)
    return {
      epoch: i + 1,
      loss: 2 * rest + 0.04 + 0.01 * random(),
      accuracy: 0.99 - 0.5 * rest,
      validationLoss: 2 * rest + 0.07 + 0.01 * random(),
      validationAccuracy: 0.98 - 0.5 * rest + 0.002 * random(),
      learningRate: 1e-3,
      ...(run ? { run } : {}),
    }
  })
}

/** Rings and bars instead of digits. */
export function pixels(): Uint8Array {
  return Uint8Array.from({ length: ROWS * COLUMNS }, (_, i) => {
    const [row, column] = [Math.floor(i / COLUMNS), i % COLUMNS]
    const [x, y] = [(column % 8) - 3.5, row - 3.5]
    const item = Math.floor(column / 8)
    const drawn = item === 1 ? Math.abs(x) < 1 : Math.abs(Math.hypot(x, y) - 2.5) < 0.8
    return drawn ? 255 : 0
  })
}

export function heatmapRows(
  networks: readonly string[],
  methods: readonly string[],
  samples: readonly string[],
): HeatmapRow[] {
  const random = noise(3)
  const ink = pixels()
  return samples.flatMap((sample) =>
    networks.flatMap((network) =>
      methods.map((method): HeatmapRow => {
        const signed = method === 'gradientTimesInput'
        const values = Float32Array.from(ink, (value) => (value / 255) * (random() - (signed ? 0.5 : 0)))
        const cosine = Math.round(1e3 * (0.4 + 0.6 * random())) / 1e3
        const shape = { rows: ROWS, columns: COLUMNS }
        return {
          network,
          method,
          sample,
          ...shape,
          values,
          pixels: ink,
          items: 3,
          relevant: [0, 2],
          title: '<i>f</i><sub>3</sub> = 7.1',
          scores: [{ measure: 'cosine', value: cosine }],
        }
      }),
    ),
  )
}

function problemRows(count: number, names: readonly string[]): ProblemRow[] {
  const [majority, minority] = [names[0]!, names[1]!]
  return Array.from({ length: count }, () => ({
    rows: ROWS,
    columns: COLUMNS,
    pixels: pixels(),
    classes: [majority, minority, majority],
    label: majority,
    relevant: [0, 2],
  }))
}

function stepRows() {
  const random = noise(5)
  return NETWORKS.map((network, n) => ({
    network,
    method: 'deepTaylor',
    items: 3,
    relevant: [0, 2],
    steps: Array.from(
      { length: STEPS },
      (_, step) => Math.exp((step - 11) / (2 + 3 * n)) * (0.6 + 0.8 * random()),
    ),
  }))
}

function ledgerRows() {
  return stepRows().map(({ network, steps }) => {
    const entered = steps.reduce((sum, value) => sum + value, 0) / 0.95
    return {
      network,
      entered,
      steps,
      biases: 0.01 * entered,
      epsilon: 0,
      undistributed: 0.01 * entered,
      initialState: 0.03 * entered,
    }
  })
}

function datasetRows(labels: readonly string[]) {
  const random = noise(9)
  return ['train', 'validation', 'test'].flatMap((split, s) =>
    labels.flatMap((label) =>
      [
        [0, 1],
        [0, 2],
        [1, 2],
      ].map((relevant) => ({
        split,
        label,
        relevant,
        count: Math.round([1600, 400, 333][s]! * (0.95 + 0.1 * random())),
      })),
    ),
  )
}

function flippingRows(methods: readonly string[]) {
  return NETWORKS.flatMap((network, n) =>
    methods.flatMap((method, m) =>
      Array.from({ length: 6 }, (_, i) => {
        const fraction = i / 10
        const value = Math.exp(-fraction * (3 + m + n))
        const [low, high] = [value - 0.1 * fraction, value + 0.1 * fraction]
        return { network, method, fraction, value, low, high, sequences: 50 }
      }),
    ),
  )
}

export function inspection(methods: readonly string[], changes: Partial<Inspection> = {}): Inspection {
  const random = noise(11)
  const list = (length: number, scale = 1) => Array.from({ length }, () => scale * random())
  return {
    dataset: 'mnist-maj',
    network: 'r-lstm',
    sequence: 127,
    rows: ROWS,
    columns: COLUMNS,
    pixels: pixels(),
    items: ['0', '1', '0'],
    relevant: [0, 2],
    classes: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'],
    logits: list(10, 12).map((value, k) => (k % 3 === 0 ? -value / 3 : value)),
    label: 0,
    prediction: 4,
    target: 4,
    measure: 'cosine',
    baseline: Math.sqrt(2 / 3),
    explanations: heatmapRows(['r-lstm'], methods, ['a']).map(({ method, values, scores }) => ({
      method,
      values,
      score: scores![0]!.value,
      steps: list(STEPS).map((value, i) => (method === 'gradientTimesInput' && i % 2 === 0 ? -value : value)),
      items: list(3),
      states: [
        {
          state: 'cell',
          size: 72,
          share: 0.61,
          units: [70, 3, 12, 55].map((unit) => ({ unit, steps: list(STEPS) })),
        },
      ],
    })),
    ...changes,
  }
}

const garments = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
]

/** A figure of every kind, small enough to compare as text. */
export const exampleFigures: Readonly<Record<string, () => Figure>> = {
  accuracyScore: () => accuracyScoreFigure(accuracyRows()),
  score: () => scoreFigure(accuracyRows()),
  scoreBesideControls: () =>
    scoreFigure(
      [
        ...accuracyRows(),
        ...accuracyRows().map((row) => ({
          ...row,
          measure: 'halved',
          mean: row.mean / 2,
          low: row.low / 2,
          high: row.high / 2,
          baseline: 0.4,
        })),
      ],
      {
        measures: ['cosine', 'halved'],
        controls: ['untrained', 'shuffled labels'].flatMap((control, i) =>
          accuracyRows().flatMap((row) =>
            ['cosine', 'halved'].map((measure) => ({ ...row, control, measure, mean: row.mean / (2 + i) })),
          ),
        ),
      },
    ),
  curves: () =>
    curveFigure(
      NETWORKS.flatMap((panel) =>
        POSTER_METHODS.flatMap((series, i) =>
          [0, 1, 2, 3].map((x) => ({
            panel,
            series,
            x,
            value: 1 - x / (4 + i),
            low: 0.95 - x / (4 + i),
            high: 1.05 - x / (4 + i),
            chance: 0.2,
          })),
        ),
      ),
      { panels: 'architecture', series: 'method', xLabel: 'Distance', yLabel: 'Share' },
    ),
  curvesOfCategories: () =>
    curveFigure(
      NETWORKS.flatMap((panel) =>
        POSTER_METHODS.flatMap((series, i) =>
          ['none', 'readout', 'candidate', 'outputGate', 'input'].map((x, k) => ({
            panel,
            series,
            x,
            value: 1 - k / (5 + i),
            low: 0.95 - k / (5 + i),
            high: 1.05 - k / (5 + i),
            chance: 0,
          })),
        ),
      ),
      {
        panels: 'architecture',
        series: 'method',
        xLabel: 'Randomised up to',
        yLabel: 'Similarity',
        columns: 3,
      },
    ),
  forest: () =>
    forestFigure(
      POSTER_METHODS.flatMap((method, p) =>
        NETWORKS.map((line, i) => {
          const seeds = [0, 1, 2, 3, 4].map((seed) => 0.5 + i / 12 + ((seed * 7 + p) % 5) / 100)
          const value = seeds.reduce((sum, seed) => sum + seed, 0) / seeds.length
          return {
            panel: `${method}, MNIST-MAJ`,
            line,
            value,
            low: value - 0.01,
            high: value + 0.01,
            seeds,
            chance: 0.5,
          }
        }),
      ),
      { lines: 'architecture', xLabel: 'Area under the ROC curve over items' },
    ),
  scoreOfAllMethods: () => scoreFigure(accuracyRows(METHODS)),
  dataset: () => datasetFigure(datasetRows(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])),
  heatmaps: () => heatmapFigure(heatmapRows(NETWORKS, POSTER_METHODS, ['sequence 1'])),
  heatmapsOfSequences: () =>
    heatmapFigure(heatmapRows(NETWORKS, ['deepTaylor'], ['sequence 1', 'sequence 2'])),
  heatmapsOfOneNetwork: () =>
    heatmapFigure(heatmapRows(['r-lstm'], POSTER_METHODS, ['sequence 1', 'sequence 2'])),
  heatmapsWithSigns: () =>
    heatmapFigure(heatmapRows(['deep', 'r-lstm'], ['gradientTimesInput', 'deepTaylor'], ['a', 'b'])),
  inspector: () => inspectorFigure(inspection(POSTER_METHODS)),
  inspectorOfAllMethods: () => inspectorFigure(inspection(METHODS)),
  inspectorOfFashion: () =>
    inspectorFigure(
      inspection(['deepTaylor', 'sensitivity'], {
        dataset: 'fashion-mnist-maj',
        network: 'conv-r-lstm',
        sequence: 9999,
        classes: garments,
        items: ['T-shirt/top', 'Ankle boot', 'T-shirt/top'],
        prediction: 9,
        target: 0,
      }),
    ),
  inspectorOfTwoNetworks: () =>
    inspectorFigure(
      [
        inspection(METHODS),
        inspection(METHODS, { network: 'conv-r-lstm', variant: 'untrained', prediction: 0 }),
      ],
      { scale: 'method' },
    ),
  inspectorSideBySide: () =>
    inspectorFigure(
      ['r-lstm', 'deep'].map((network) =>
        inspection(['deepTaylor', 'sensitivity'], {
          network,
          dataset: 'fashion-mnist-maj',
          classes: garments,
          items: ['T-shirt/top', 'Ankle boot', 'T-shirt/top'],
        }),
      ),
      { scale: 'figure' },
    ),
  inspectorWithoutRelevance: () => {
    const { explanations, ...rest } = inspection(['deepTaylor'])
    const nothing = explanations.map((explanation) => ({
      ...explanation,
      values: explanation.values.map(() => 0),
      steps: explanation.steps.map(() => 0),
      items: [0, 0, 0],
      score: 0,
      states: explanation.states.map((state) => ({
        ...state,
        share: 0,
        units: [{ unit: 0, steps: explanation.steps.map(() => 0) }],
      })),
    }))
    return inspectorFigure({ ...rest, explanations: nothing })
  },
  ledger: () => ledgerFigure(ledgerRows()),
  method: () =>
    methodFigure(
      { ...heatmapRows(['r-lstm'], ['deepTaylor'], ['a'])[0]!, pixels: pixels(), logit: 7.12 },
      { steps: STEPS },
    ),
  networks: () => networkFigure(networkRows),
  oneNetwork: () => networkFigure(networkRows.slice(2, 3)),
  pixelFlipping: () => pixelFlippingFigure(flippingRows(['deepTaylor', 'sensitivity'])),
  problem: () => problemFigure(problemRows(7, ['3', '8']), { steps: STEPS }),
  problemOfFashion: () => problemFigure(problemRows(7, ['Ankle boot', 'T-shirt/top']), { steps: STEPS }),
  stepRelevance: () => stepRelevanceFigure(stepRows()),
  training: () => trainingFigure(trainingRows(12, 3)),
  trainingOfTwoEpochs: () => trainingFigure(trainingRows(2, 3)),
  trainingsInPhases: () =>
    trainingFigure(
      NETWORKS.flatMap((network, n) =>
        trainingRows(12, 2 + n, network).map((row) => ({
          ...row,
          dataset: 'mnist-maj',
          phase: row.epoch > 4 + n ? 1 : 0,
        })),
      ),
    ),
  trainings: () => trainingFigure(NETWORKS.flatMap((network, n) => trainingRows(12, 2 + n, network))),
  ...ownFigures,
}
