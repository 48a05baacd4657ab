import type { CellEvent } from '../study/run-cells.js'
import type { ListedCell } from '../study/study.js'
import { durationText } from './duration-text.js'

/**
 * Shows how far a study is: on a terminal a line per cell that runs, which is rewritten, elsewhere a line per cell that ends.
 *
 * @param secondsLeft what the cells take that are not finished, in seconds of one process; null where that is not known yet
 */
export function studyProgress(
  cells: readonly ListedCell[],
  secondsLeft: number | null,
  jobs: number,
  out: NodeJS.WriteStream,
) {
  const started = Date.now()
  const running = new Map<ListedCell, { readonly since: number; text: string; done: number }>()
  const counts = { finished: 0, failed: 0, computed: 0, secondsOfComputed: 0 }
  let drawn = 0
  const left = (): string => {
    const over = counts.finished + counts.failed
    const open = cells.length - over
    const begun = [...running.values()].reduce((sum, { done }) => sum + done, 0)
    // What this run has measured says more than what is known of earlier ones, once there is enough of it.
    const seconds =
      counts.computed >= jobs
        ? (counts.secondsOfComputed / counts.computed) * Math.max(0, open - begun)
        : secondsLeft === null
          ? null
          : secondsLeft - (Date.now() - started) / 1000
    const time = seconds === null ? '' : `, about ${durationText(Math.max(0, seconds) / jobs)} left`
    return `${over} of ${cells.length} cells${counts.failed > 0 ? `, ${counts.failed} failed` : ''}${time}`
  }
  const draw = () => {
    if (!out.isTTY) return
    if (drawn > 0) out.moveCursor(0, -drawn)
    const lines = [left(), ...[...running].map(([{ id }, { text }]) => `  ${id}  ${text}`)]
    for (const line of lines) {
      out.clearLine(0)
      out.write(`${line.slice(0, (out.columns ?? 120) - 1)}\n`)
    }
    for (let i = lines.length; i < drawn; i++) {
      out.clearLine(0)
      out.write('\n')
    }
    drawn = Math.max(drawn, lines.length)
  }
  const say = (line: string) => {
    if (!out.isTTY) out.write(`${line}\n`)
  }
  return {
    tell(cell: ListedCell, event: CellEvent): void {
      const run = running.get(cell)
      if ('started' in event) running.set(cell, { since: Date.now(), text: 'starting', done: 0 })
      else if ('done' in event && run) {
        run.done = event.done
        run.text = `${event.phase} ${(100 * event.done).toFixed(0)} %`
      } else if ('note' in event) say(`${cell.id}: ${event.note}`)
      else if ('restarted' in event) say(`${cell.id}: started again, since ${event.restarted}`)
      else if ('skipped' in event) counts.finished++
      else {
        running.delete(cell)
        if ('finished' in event) {
          counts.finished++
          counts.computed++
          counts.secondsOfComputed += (Date.now() - (run?.since ?? Date.now())) / 1000
          const accuracy =
            event.testAccuracy === null ? '' : `  test accuracy ${(100 * event.testAccuracy).toFixed(2)} %`
          say(`${cell.id}${accuracy}  (${left()})`)
        } else if ('error' in event) {
          counts.failed++
          say(`${cell.id} failed: ${event.error}  (${left()})`)
        } else say(`${cell.id} interrupted; what was trained is kept`)
      }
      draw()
    },
    close: draw,
  }
}
