import { method } from '../../explanation/index.js'
import { loadModel } from '../models/model.js'
import { tellParent } from '../models/worker-process.js'
import type { EvaluateJob, EvaluateMessage } from './evaluate-job.js'
import { evaluateModel } from './evaluate-model.js'

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
