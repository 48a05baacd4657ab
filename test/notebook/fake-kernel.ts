import { createRequire } from 'node:module'
import type { DisplayContent } from '../../src/notebook/kernel.js'

const jupyter: { lastWriteDisplayData: unknown } = createRequire(import.meta.url)('tslab/dist/jupyter.js')

/** What a notebook would hold after the messages sent so far. */
export interface FakeKernel {
  readonly outputs: DisplayContent[]
  readonly messages: number
  /** Starts another cell; what was shown stays. */
  nextCell(): void
  stop(): void
}

/** Makes this process look like a running tslab kernel, whose outputs are kept as a notebook keeps them. */
export function startFakeKernel(): FakeKernel {
  const outputs: DisplayContent[] = []
  let messages = 0
  const write = (content: DisplayContent, update: boolean) => {
    messages++
    const sent: DisplayContent = JSON.parse(JSON.stringify(content))
    if (!update) {
      outputs.push(sent)
      return
    }
    const place = outputs.findIndex(({ transient }) => transient.display_id === content.transient.display_id)
    if (place < 0) throw new Error('an update of an output that was never shown')
    outputs[place] = sent
  }
  const nextCell = () => {
    jupyter.lastWriteDisplayData = (content: DisplayContent, update: boolean) => write(content, update)
  }
  nextCell()
  return {
    outputs,
    nextCell,
    get messages() {
      return messages
    },
    stop() {
      jupyter.lastWriteDisplayData = null
    },
  }
}
