import { trainOrLoad } from './model.js'
import { planOfReference } from './plan-reference.js'
import { phasesOf } from './recipes.js'
import type { TrainJob, TrainMessage } from './train-job.js'
import { tellParent } from './worker-process.js'

const REPORT_EVERY_MS = 1000

const tell = (message: TrainMessage) => tellParent(message)
const controller = new AbortController()
process.on('SIGINT', () => controller.abort())
// Whoever started the training is gone: keep what was trained.
process.once('disconnect', () => controller.abort())

process.once('message', async ({ plan, retrain }: TrainJob) => {
  let last = 0
  const isDue = () => {
    const isLate = Date.now() - last >= REPORT_EVERY_MS
    if (isLate) last = Date.now()
    return isLate
  }
  try {
    const model = await trainOrLoad(await planOfReference(plan), {
      retrain,
      signal: controller.signal,
      onBatch: ({ epoch, batch, batches, loss }) => {
        if (isDue()) tell({ at: { epoch, batch, batches, loss } })
      },
      onEarlierBatch: (earlier, { epoch, batch, batches, loss }) => {
        const phase = phasesOf(earlier).length - 1
        if (isDue()) tell({ at: { epoch, batch, batches, loss, phase } })
      },
      onEpoch: (row) => {
        tell({ row })
      },
      onNote: (note) => {
        tell({ note })
      },
    })
    if (model === null) await tell({ interrupted: true })
    else await tell({ testAccuracy: model.result.testAccuracy, backend: model.result.backend })
  } catch (error) {
    await tell({ error: error instanceof Error ? error.message : String(error) })
  }
  if (process.connected) process.disconnect()
})
