import type { Plan } from '../thesis/models/plan.js'
import type { TrainMessage } from '../thesis/models/train-job.js'

type Told = TrainMessage | { readonly restarted: string }

/** A progress table of trainings: rewritten in place on a terminal, a line per epoch elsewhere. */
export function trainingTable(plans: readonly Plan[], out: NodeJS.WriteStream) {
  const started = Date.now()
  const lines = new Map(plans.map((plan) => [plan, 'waiting']))
  let drawn = 0

  const nameOf = ({ dataset, architecture }: Plan) => `${dataset.id.padEnd(18)} ${architecture.id.padEnd(12)}`
  const draw = () => {
    if (!out.isTTY) return
    if (drawn > 0) out.moveCursor(0, -drawn)
    for (const [plan, line] of lines) {
      out.clearLine(0)
      out.write(`${nameOf(plan)} ${line}`.slice(0, (out.columns ?? 120) - 1))
      out.write('\n')
    }
    drawn = lines.size
  }

  return {
    tell(plan: Plan, message: Told): void {
      const line = describe(plan, message)
      lines.set(plan, line)
      draw()
      if (!out.isTTY && !('at' in message)) {
        out.write(`${nameOf(plan)} ${line} after ${((Date.now() - started) / 1000).toFixed(0)} s\n`)
      }
    },
    close: draw,
  }
}

function describe({ training }: Plan, message: Told): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  if ('at' in message) {
    const { epoch, batch, batches, loss } = message.at
    const done = (epoch + batch / batches) / training.epochs
    return `epoch ${epoch + 1}/${training.epochs}  batch ${batch}/${batches}  loss ${loss.toFixed(4)}  ${(100 * done).toFixed(0)} % done`
  }
  if ('row' in message) {
    const { epoch, loss, validationAccuracy } = message.row
    return `epoch ${epoch + 1}/${training.epochs}  loss ${loss.toFixed(4)}  validation accuracy ${percent(validationAccuracy)}`
  }
  if ('testAccuracy' in message) return `test accuracy ${percent(message.testAccuracy)}  (${message.backend})`
  if ('interrupted' in message) return 'interrupted; what was trained is kept'
  if ('note' in message) return message.note
  if ('restarted' in message) return `started again: ${message.restarted}`
  return `failed: ${message.error}`
}
