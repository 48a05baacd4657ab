import { AdoptedCell } from './adopted-cell.js'
import { sayAt, unsayAt } from './cell-note.js'
import type { Execution } from './execution.js'
import type { Cell, Kernel, Message, NotebookPanel } from './jupyter.js'
import { takeRunningBefore } from './running-before.js'

/** What the kernel's thread of the sockets answers, see `kept-executions.cjs`. */
const TARGET = 'thesis.executions'

const LOST =
  'The kernel was restarted or has ended while this cell was running: it did not come to its end. ' +
  'Run the cell again; a training goes on from its last checkpoint.'

/**
 * Shows, in a notebook's cells, what its kernel ran for a page that is no longer there, as it was loaded anew or closed: what is over, and
 * what goes on. Says of cells that were running that their kernel is no longer the same.
 */
export function followKernel(panel: NotebookPanel, kernel: Kernel): void {
  const adopted = new Map<string, AdoptedCell>()
  const runningBefore = new Set(takeRunningBefore(panel))

  const cellOf = (id: string): Cell | undefined =>
    panel.content.widgets.find(({ model }) => model.type === 'code' && model.sharedModel.id === id)

  function ask(): void {
    const comm = kernel.createComm(TARGET)
    comm.onMsg = ({ content }) => {
      const { executions = [] } = (content.data ?? {}) as { executions?: readonly Execution[] }
      for (const execution of executions) adopt(execution)
      sayWhatIsLost(new Set(executions.map(({ cell }) => cell)))
    }
    comm.onClose = () => {}
    comm.open({})
  }

  function adopt(execution: Execution): void {
    const cell = cellOf(execution.cell)
    if (!cell || execution.session === kernel.clientId || adopted.has(execution.request)) return
    adopted.set(execution.request, new AdoptedCell(cell, execution))
  }

  function sayWhatIsLost(known: ReadonlySet<string>): void {
    for (const cell of panel.content.widgets) {
      const { id } = cell.model.sharedModel
      if (cell.model.type !== 'code' || known.has(id) || cell.model.executionState === 'running') continue
      if (!runningBefore.has(id) && !isUnfinished(cell)) continue
      sayAt(cell, LOST)
      const forget = () => {
        unsayAt(cell)
        cell.model.outputs?.changed.disconnect(forget)
      }
      cell.model.outputs?.changed.connect(forget)
    }
    runningBefore.clear()
  }

  const take = (_: Kernel, message: Message): void => {
    const request = message.parent_header.msg_id ?? ''
    if (message.header.msg_type === 'update_display_data')
      for (const cell of adopted.values()) cell.update(message)
    else adopted.get(request)?.take(message)
  }

  kernel.iopubMessage.connect(take)
  kernel.connectionStatusChanged.connect((_, status) => status === 'connected' && ask())
  kernel.statusChanged.connect((_, status) => {
    if (status === 'dead') sayWhatIsLost(new Set())
  })
  if (kernel.connectionStatus === 'connected') ask()
}

/** Whether a cell's outputs say that it is still under way. */
const isUnfinished = ({ model }: Cell): boolean =>
  model.outputs?.toJSON().some(({ metadata }) => metadata?.thesis?.progress !== undefined) ?? false
