/** The networks of the thesis, from the plainest to the most structured: the order of every figure and table. */
export const NETWORKS = ['shallow', 'deep', 'convdeep', 'r-lstm', 'conv-r-lstm'] as const
export type NetworkId = (typeof NETWORKS)[number]

/** The explanation methods, gradients first, decompositions after. */
export const METHODS = [
  'sensitivity',
  'gradientTimesInput',
  'guidedBackprop',
  'deepTaylor',
  'lrpAlpha2Beta1',
] as const
export type MethodId = (typeof METHODS)[number]

export const DATASETS = ['mnist-maj', 'fashion-mnist-maj'] as const
export type DatasetId = (typeof DATASETS)[number]

const networkNames: Readonly<Record<NetworkId, string>> = {
  shallow: 'Shallow',
  deep: 'Deep',
  convdeep: 'ConvDeep',
  'r-lstm': 'R-LSTM',
  'conv-r-lstm': 'ConvR-LSTM',
}

const methodNames: Readonly<Record<MethodId, { readonly short: string; readonly long: string }>> = {
  sensitivity: { short: 'SA', long: 'Sensitivity analysis' },
  gradientTimesInput: { short: 'G×I', long: 'Gradient × input' },
  guidedBackprop: { short: 'GB', long: 'Guided backprop' },
  deepTaylor: { short: 'DTD', long: 'Deep Taylor decomposition' },
  lrpAlpha2Beta1: { short: 'LRP-α2β1', long: 'Layer-wise relevance propagation, α = 2, β = 1' },
}

const datasetNames: Readonly<Record<DatasetId, string>> = {
  'mnist-maj': 'MNIST-MAJ',
  'fashion-mnist-maj': 'FashionMNIST-MAJ',
}

/** The display name of a network; a network of one's own is shown by its id. */
export const networkName = (id: string): string => look(networkNames, id) ?? id

/** The short display name of a method, such as "DTD". */
export const methodName = (id: string): string => look(methodNames, id)?.short ?? id

/** The name of a method in full, such as "Deep Taylor decomposition". */
export const methodLongName = (id: string): string => look(methodNames, id)?.long ?? id

/** The display name of a dataset. */
export const datasetName = (id: string): string => look(datasetNames, id) ?? id

/** The distinct ids in the order of `known`; ids it does not have follow as they came. */
export function inOrder(ids: Iterable<string>, known: readonly string[]): string[] {
  const distinct = new Set(ids)
  return [...known.filter((id) => distinct.has(id)), ...[...distinct].filter((id) => !known.includes(id))]
}

function look<Value>(table: Readonly<Record<string, Value>>, id: string): Value | undefined {
  return Object.hasOwn(table, id) ? table[id] : undefined
}
