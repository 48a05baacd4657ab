/**
 * What is published of the thesis, as far as its numbers can be had: P. Chormai, "Designing Recurrent Neural Networks for Explainability",
 * master's thesis, TU Berlin, 2018. Its cosines are nowhere printed; they were read from the vector figures of its LaTeX sources
 * (github.com/heytitle/thesis-writing: `rel_dist_maj_3_samples_thesis.pdf`, `rel_dist_rlstm_exp.pdf`, `rel_dist_convdeep_trans_exp.pdf`,
 * and `rel_dist_maj_for_poster.pdf` of the poster), good to 0.0005. Accuracies are of `model_acc.txt` and `chapters/experiments.tex` there.
 */

/** A mean cosine that is published, of a network of this project and its variant. */
export interface PublishedCosine {
  readonly dataset: string
  readonly network: string
  readonly variant: string
  readonly method: string
  /** Over seven folds, and its 95 % interval as it is drawn. */
  readonly mean: number
  readonly low: number
  readonly high: number
  /** As the poster draws it; null where it does not. */
  readonly poster: number | null
}

/** A mean test accuracy that is published, in [0, 1]. */
export interface PublishedAccuracy {
  readonly dataset: string
  readonly network: string
  readonly variant: string
  /** Over seven folds of training and test images together, and the standard deviation between folds. */
  readonly mean: number
  readonly deviation: number
  /** Of one network, trained on the training images alone. */
  readonly single: number
  readonly parameters: number
}

const METHODS = ['sensitivity', 'guidedBackprop', 'deepTaylor'] as const

/** By SA, GB and DTD: mean, low and high in thousandths. */
type Triples = readonly [Triple, Triple, Triple]
type Triple = readonly [mean: number, low: number, high: number]

const COSINES: readonly (readonly [dataset: string, network: string, variant: string, means: Triples])[] = [
  [
    'mnist-maj',
    'shallow',
    'own',
    [
      [727, 721, 733],
      [756, 748, 761],
      [478, 476, 480],
    ],
  ],
  [
    'mnist-maj',
    'deep',
    'own',
    [
      [720, 713, 725],
      [756, 748, 762],
      [681, 675, 688],
    ],
  ],
  [
    'mnist-maj',
    'deep-v2',
    'own',
    [
      [733, 724, 743],
      [773, 762, 785],
      [742, 732, 750],
    ],
  ],
  [
    'mnist-maj',
    'convdeep',
    'own',
    [
      [753, 747, 759],
      [792, 784, 797],
      [769, 760, 776],
    ],
  ],
  [
    'mnist-maj',
    'r-lstm',
    'own',
    [
      [856, 852, 860],
      [917, 911, 923],
      [917, 915, 920],
    ],
  ],
  [
    'mnist-maj',
    'r-lstm',
    'perSequence',
    [
      [830, 824, 837],
      [939, 932, 946],
      [909, 902, 916],
    ],
  ],
  [
    'mnist-maj',
    'conv-r-lstm',
    'perSequence',
    [
      [803, 798, 809],
      [941, 932, 949],
      [889, 881, 898],
    ],
  ],
  [
    'fashion-mnist-maj',
    'shallow',
    'own',
    [
      [711, 708, 713],
      [672, 666, 679],
      [472, 470, 474],
    ],
  ],
  [
    'fashion-mnist-maj',
    'deep',
    'own',
    [
      [712, 706, 717],
      [689, 683, 695],
      [618, 613, 624],
    ],
  ],
  [
    'fashion-mnist-maj',
    'deep-v2',
    'own',
    [
      [716, 709, 722],
      [709, 701, 716],
      [695, 692, 697],
    ],
  ],
  [
    'fashion-mnist-maj',
    'convdeep',
    'own',
    [
      [725, 716, 737],
      [722, 711, 736],
      [714, 705, 723],
    ],
  ],
  [
    'fashion-mnist-maj',
    'r-lstm',
    'own',
    [
      [851, 848, 855],
      [898, 891, 905],
      [894, 891, 897],
    ],
  ],
  [
    'fashion-mnist-maj',
    'r-lstm',
    'perSequence',
    [
      [828, 821, 834],
      [925, 920, 928],
      [911, 906, 915],
    ],
  ],
  [
    'fashion-mnist-maj',
    'conv-r-lstm',
    'perSequence',
    [
      [805, 798, 812],
      [925, 920, 930],
      [899, 892, 904],
    ],
  ],
]

/** The poster's bars, in thousandths; it does not say which dropout its LSTM types have. */
const POSTER: Readonly<
  Record<string, readonly [sensitivity: number, guidedBackprop: number, deepTaylor: number]>
> = {
  'mnist-maj shallow own': [744, 798, 484],
  'mnist-maj deep own': [729, 764, 695],
  'mnist-maj convdeep own': [754, 793, 769],
  'mnist-maj r-lstm own': [849, 925, 921],
  'mnist-maj conv-r-lstm perSequence': [825, 934, 922],
  'fashion-mnist-maj shallow own': [692, 656, 472],
  'fashion-mnist-maj deep own': [706, 689, 615],
  'fashion-mnist-maj convdeep own': [710, 706, 699],
  'fashion-mnist-maj r-lstm own': [852, 885, 887],
  'fashion-mnist-maj conv-r-lstm perSequence': [821, 893, 899],
}

/** Every mean cosine that is published of a network that the study trains. */
export const publishedCosines: readonly PublishedCosine[] = COSINES.flatMap(
  ([dataset, network, variant, means]) =>
    means.map(([mean, low, high], m) => ({
      ...{ dataset, network, variant, method: METHODS[m]! },
      ...{ mean: mean / 1000, low: low / 1000, high: high / 1000 },
      poster: inUnits(POSTER[`${dataset} ${network} ${variant}`]?.[m]),
    })),
)

function inUnits(thousandths: number | undefined): number | null {
  return thousandths === undefined ? null : thousandths / 1000
}

/** Percent over folds with its deviation and of a single network, on MNIST-MAJ and on FashionMNIST-MAJ. */
type Percents = readonly [mean: number, deviation: number, single: number]

const ACCURACIES: readonly (readonly [
  network: string,
  variant: string,
  parameters: number,
  mnist: Percents,
  fashion: Percents,
])[] = [
  ['shallow', 'own', 184_330, [98.35, 0.239, 98.12], [92.3, 0.255, 90]],
  ['deep', 'own', 153_578, [98.43, 0.093, 98.16], [91.35, 0.305, 89.81]],
  ['deep-v2', 'own', 161_386, [98.48, 0.127, 98.26], [92.07, 0.36, 90.57]],
  ['convdeep', 'own', 151_802, [99.28, 0.074, 99.22], [94.19, 0.213, 92.87]],
  ['r-lstm', 'own', 145_701, [98.77, 0.06, 98.5], [93.4, 0.271, 91.35]],
  ['r-lstm', 'perSequence', 145_701, [98.75, 0.125, 98.57], [93.42, 0.251, 91.52]],
  ['conv-r-lstm', 'perSequence', 152_125, [99.6, 0.047, 99.35], [95.44, 0.136, 93.6]],
]

/** Every accuracy that is published of a network that the study trains. */
export const publishedAccuracies: readonly PublishedAccuracy[] = ACCURACIES.flatMap(
  ([network, variant, parameters, mnist, fashion]) =>
    (
      [
        ['mnist-maj', mnist],
        ['fashion-mnist-maj', fashion],
      ] as const
    ).map(([dataset, [mean, deviation, single]]) => ({
      ...{ dataset, network, variant, parameters },
      ...{ mean: mean / 100, deviation: deviation / 100, single: single / 100 },
    })),
)
