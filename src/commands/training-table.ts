import type { Plan } from '../thesis/models/plan.js'
import { phasesOf } from '../thesis/models/recipes.js'
import type { TrainMessage } from '../thesis/models/train-job.js'
import { durationText } from './duration-text.js'

type Told = TrainMessage | { readonly restarted: string }

/** Where progress goes: standard error, or what a test reads. */
export interface ProgressStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** What is no terminal gets at most this many lines of a training before the last. */
const MOST_LINES = 20

/** How far a training is, and since when. */
interface Standing {
  line: string
  /** From 0 to 1. */
  share: number
  /** When it was first heard of, and how far it was then. */
  begun: { readonly at: number; readonly share: number } | null
  /** How many lines were written of it. */
  written: number
}

/**
 * The progress of trainings, with the time left: a line of each, rewritten in place on a terminal; elsewhere a line after whole epochs, at
 * most twenty of a training.
 *
 * @param clock milliseconds since any moment. Default: the process's clock
 */
export function trainingTable(
  plans: readonly Plan[],
  out: ProgressStream,
  clock: () => number = () => performance.now(),
) {
  const started = clock()
  const standings = new Map(
    plans.map((plan): [Plan, Standing] => [plan, { line: 'waiting', share: 0, begun: null, written: 0 }]),
  )
  let drawn = 0

  const width = (of: (plan: Plan) => string) => Math.max(0, ...plans.map((plan) => of(plan).length))
  const [datasets, networks] = [
    width(({ dataset }) => dataset.id),
    width(({ architecture }) => architecture.id),
  ]
  const nameOf = ({ dataset, architecture }: Plan) =>
    `${dataset.id.padEnd(datasets)}  ${architecture.id.padEnd(networks)}`
  const left = ({ share, begun }: Standing): string => {
    if (begun === null || share <= begun.share || share >= 1) return ''
    const seconds = ((clock() - begun.at) / 1000) * ((1 - share) / (share - begun.share))
    return `  about ${durationText(seconds)} left`
  }
  const draw = () => {
    if (!out.isTTY) return
    const lines = [...standings].map(([plan, standing]) =>
      `${nameOf(plan)}  ${standing.line}${left(standing)}`.slice(0, (out.columns || 120) - 1),
    )
    out.write(`${drawn > 0 ? `\x1b[${drawn}A` : ''}${lines.map((line) => `\x1b[2K${line}\n`).join('')}`)
    drawn = lines.length
  }

  return {
    tell(plan: Plan, message: Told): void {
      const standing = standings.get(plan)!
      const share = shareOf(plan, message) ?? standing.share
      standing.line = describe(plan, message)
      standing.share = share
      standing.begun ??= 'at' in message || 'row' in message ? { at: clock(), share } : null
      draw()
      if (out.isTTY || 'at' in message) return
      const due = Math.ceil(share * MOST_LINES)
      if ('row' in message && due <= standing.written) return
      standing.written = due
      const seconds = ((clock() - started) / 1000).toFixed(0)
      out.write(`${nameOf(plan)}  ${standing.line} after ${seconds} s${left(standing)}\n`)
    },
    close: draw,
  }
}

/** Which part of all epochs of all phases is done; null where a message does not say. */
function shareOf(plan: Plan, message: Told): number | null {
  if (!('at' in message) && !('row' in message)) return null
  const epochs = phasesOf(plan).map(({ training }) => training.epochs)
  const all = epochs.reduce((sum, one) => sum + one, 0)
  if ('row' in message) return (all - epochs.at(-1)! + message.row.epoch + 1) / all
  const { phase = epochs.length - 1, epoch, batch, batches } = message.at
  const before = epochs.slice(0, phase).reduce((sum, one) => sum + one, 0)
  return (before + epoch + batch / batches) / all
}

function describe(plan: Plan, message: Told): string {
  const percent = (share: number) => `${(100 * share).toFixed(2)} %`
  const phases = phasesOf(plan)
  if ('at' in message) {
    const { epoch, batch, batches, loss, phase = phases.length - 1 } = message.at
    const part = phases.length > 1 ? `phase ${phase + 1}/${phases.length}  ` : ''
    const { epochs } = phases[phase]!.training
    return `${part}epoch ${epoch + 1}/${epochs}  batch ${batch}/${batches}  loss ${loss.toFixed(4)}  ${(100 * shareOf(plan, message)!).toFixed(0)} % done`
  }
  if ('row' in message) {
    const { epoch, loss, validationAccuracy } = message.row
    return `epoch ${epoch + 1}/${plan.training.epochs}  loss ${loss.toFixed(4)}  validation accuracy ${percent(validationAccuracy)}`
  }
  if ('testAccuracy' in message) return `test accuracy ${percent(message.testAccuracy)}  (${message.backend})`
  if ('interrupted' in message) return 'interrupted; what was trained is kept'
  if ('note' in message) return message.note
  if ('restarted' in message) return `started again: ${message.restarted}`
  return `failed: ${message.error}`
}
