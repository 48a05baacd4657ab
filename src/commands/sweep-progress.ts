import type { Combination } from '../sweep/combinations.js'
import type { SweepEvent } from '../sweep/run-sweep.js'
import { durationText } from './duration-text.js'

/**
 * Shows how far a sweep is: on a terminal a line per combination that runs, which is rewritten, elsewhere a line per combination that ends.
 *
 * @param known seconds that finished combinations took
 */
export function sweepProgress(
  combinations: readonly Combination[],
  known: readonly number[],
  jobs: number,
  out: NodeJS.WriteStream,
) {
  const seconds = [...known]
  const running = new Map<Combination, { readonly since: number; text: string }>()
  const counts = { over: 0, failed: 0 }
  let drawn = 0
  const secondsLeft = (): number | null => {
    if (seconds.length === 0) return null
    const each = seconds.reduce((sum, one) => sum + one, 0) / seconds.length
    const begun = [...running.values()].map(({ since }) => Math.max(0, each - (Date.now() - since) / 1000))
    const waiting = combinations.length - counts.over - running.size
    const work = waiting * each + begun.reduce((sum, one) => sum + one, 0)
    // However many run side by side, none is over before its own time.
    return Math.max(work / jobs, ...begun)
  }
  const headline = (): string => {
    const left = secondsLeft()
    const isOver = counts.over === combinations.length
    const time = left === null || isOver ? '' : `, about ${durationText(left)} left`
    const failed = counts.failed > 0 ? `, ${counts.failed} failed` : ''
    return `${counts.over} of ${combinations.length} combinations${failed}${time}`
  }
  const draw = (): void => {
    if (!out.isTTY) return
    if (drawn > 0) out.moveCursor(0, -drawn)
    const lines = [headline(), ...[...running].map(([{ id }, { text }]) => `  ${id}  ${text}`)]
    for (const line of lines) {
      out.clearLine(0)
      out.write(`${line.slice(0, (out.columns || 120) - 1)}\n`)
    }
    for (let i = lines.length; i < drawn; i++) {
      out.clearLine(0)
      out.write('\n')
    }
    drawn = Math.max(drawn, lines.length)
  }
  const say = (text: string): void => {
    // On a terminal what is said stands over the lines that are rewritten.
    if (out.isTTY && drawn > 0) {
      out.moveCursor(0, -drawn)
      out.clearScreenDown()
      drawn = 0
    }
    out.write(`${text}\n`)
  }
  return {
    tell(combination: Combination, event: SweepEvent): void {
      const run = running.get(combination)
      if ('started' in event) running.set(combination, { since: Date.now(), text: 'starting' })
      else if ('text' in event) {
        if (run) run.text = event.text
      } else if ('skipped' in event) counts.over++
      else {
        running.delete(combination)
        const { status, seconds: took, error } = event.ended
        if (status === 'interrupted') say(`${combination.id} was interrupted`)
        else {
          counts.over++
          if (status === 'finished') seconds.push(took)
          else counts.failed++
          const how = status === 'finished' ? `finished in ${durationText(took)}` : 'failed'
          const why = error === undefined ? '' : `\n${error.replace(/^/gm, '  ')}`
          say(`${combination.id} ${how}  (${headline()})${why}`)
        }
      }
      draw()
    },
    close: draw,
  }
}
