// What a page would do: it explains a sequence with the core, and TensorFlow.js's own JavaScript as a backend.
import '@tensorflow/tfjs-backend-cpu'
import {
  deepTaylor,
  describe,
  explainBatch,
  heatmapFigure,
  PIXEL_RANGE,
  registerDataMovement,
  rLstm,
  THESIS_GEOMETRY,
  tf,
  toTensors,
} from 'executable-thesis/core'

/** A pixel of 0 to 255 as networks read it. */
const scaled = (pixel) => PIXEL_RANGE.low + (pixel / 255) * (PIXEL_RANGE.high - PIXEL_RANGE.low)

globalThis.explainInBrowser = async ({ units, parameters, pixels, target }) => {
  await tf.setBackend('cpu')
  registerDataMovement()
  const named = Object.fromEntries(
    parameters.map(({ name, shape, values }) => [name, { shape, values: Float32Array.from(values) }]),
  )
  const { relevance, logits } = explainBatch(
    rLstm.forward(THESIS_GEOMETRY, units),
    toTensors(named),
    tf.tensor3d(Float32Array.from(pixels, scaled), [1, 28, 84]),
    { method: deepTaylor, target, geometry: THESIS_GEOMETRY },
  )
  const figure = heatmapFigure([
    {
      network: 'r-lstm',
      method: 'deepTaylor',
      sample: 'a sequence',
      rows: 28,
      columns: 84,
      values: relevance,
      items: 3,
      relevant: [],
    },
  ])
  return {
    relevance: Array.from(relevance),
    logits: Array.from(logits),
    fingerprint: describe(rLstm, THESIS_GEOMETRY, units).fingerprint,
    alt: figure.alt,
  }
}
