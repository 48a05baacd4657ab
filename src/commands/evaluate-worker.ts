import { method } from '../explanation/index.js'
import type { EvaluateJob, EvaluateMessage } from '../thesis/evaluate-job.js'
import { evaluateModel } from '../thesis/evaluate-model.js'
import { loadModel } from '../thesis/models/model.js'
import { tellParent } from '../thesis/models/worker-process.js'

// A process of its own, since the wasm backend computes on the thread that calls it.
const tell = (message: EvaluateMessage) => tellParent(message)

process.once('message', async ({ configuration, methods, limit }: EvaluateJob) => {
  try {
    const { correct, cosines } = await evaluateModel(await loadModel(configuration), {
      methods: methods.map(method),
      limit: limit ?? undefined,
      onProgress: (done) => {
        tell({ done })
      },
    })
    const plain = Object.fromEntries(
      Object.entries(cosines).map(([name, values]) => [name, Array.from(values)]),
    )
    await tell({ correct: Array.from(correct), cosines: plain })
  } catch (error) {
    await tell({ error: error instanceof Error ? error.message : String(error) })
  }
  if (process.connected) process.disconnect()
})
process.once('disconnect', () => process.exit())
