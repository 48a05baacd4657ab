/** The ids of what the thesis has. */
export const DATASETS = ['mnist-maj', 'fashion-mnist-maj']
export const NETWORKS = ['shallow', 'deep', 'convdeep', 'r-lstm', 'conv-r-lstm']

/** Numbers in [0, 1) that look random and are the same everywhere. */
export function noise(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
