import { tellParent } from '../thesis/models/worker-process.js'
import { cellOf } from './cell.js'
import type { CellJob, CellMessage } from './cell-job.js'
import { computeCell, trainCell } from './compute-cell.js'

const REPORT_EVERY_MS = 1000

const tell = (message: CellMessage) => tellParent(message)
const controller = new AbortController()
process.on('SIGINT', () => controller.abort())
process.on('SIGTERM', () => controller.abort())
// Whoever started the cell is gone: keep what was trained.
process.once('disconnect', () => controller.abort())

process.once('message', async ({ study, design, choice, id, only }: CellJob) => {
  let last = 0
  const events = {
    signal: controller.signal,
    onProgress: (done: number, phase: 'training' | 'explaining') => {
      if (Date.now() - last < REPORT_EVERY_MS) return
      last = Date.now()
      tell({ done, phase })
    },
    onNote: (note: string) => {
      tell({ note })
    },
  }
  try {
    const cell = await cellOf(choice)
    if (cell?.id !== id)
      throw new Error(
        `the code or the data have changed since the study was planned: ${id} is ${cell?.id} now; plan it again`,
      )
    if (only === 'train') {
      const model = await trainCell(cell, events)
      const testAccuracy = model === null ? null : finite(model.result.testAccuracy)
      await tell(model === null ? { interrupted: true } : { finished: true, testAccuracy })
    } else {
      const result = await computeCell(study, design, cell, events)
      await tell(
        result === null ? { interrupted: true } : { finished: true, testAccuracy: result.testAccuracy },
      )
    }
  } catch (error) {
    const isOver = controller.signal.aborted
    await tell(
      isOver ? { interrupted: true } : { error: error instanceof Error ? error.message : String(error) },
    )
  }
  if (process.connected) process.disconnect()
})

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
