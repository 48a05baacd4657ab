import * as tf from '@tensorflow/tfjs-core'

/** Runs a gradient computation; when it throws, releases what the tape had saved, which TensorFlow.js would never do. */
export function releasingTape<T>(walk: () => T): T {
  try {
    return walk()
  } catch (error) {
    const { state } = tf.engine()
    // Inside another gradient the tape still belongs to that one.
    if (state.gradientDepth === 0 && state.activeTape) {
      tf.dispose(state.activeTape.map(({ saved }) => saved ?? []))
      state.activeTape = []
    }
    throw error
  }
}
