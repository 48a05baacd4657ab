import type { Progress, RunResult } from './execute.js'

/** Where progress lines go; a terminal also shows the running cell. */
export interface LineWriter {
  readonly isTTY?: boolean
  /** The terminal's width. Default: 80 */
  readonly columns?: number
  write(text: string): unknown
}

/** A duration as `1.2 s` or `2 min 05 s`. */
export const formatSeconds = (seconds: number): string => {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** What is no terminal gets lines about one cell's progress at least this many seconds apart. */
const SECONDS_BETWEEN_LINES = 5

/**
 * Writes one line per cell: `<label>  cell 3/12  1.2 s`. Until the cell ends, a terminal shows there how far it says it is, in one
 * line that is replaced; what is no terminal gets such a line every few seconds.
 *
 * @param clock milliseconds since any fixed moment; the process's clock by default
 */
export const progressLines = (
  label: string,
  writer: LineWriter,
  clock: () => number = () => performance.now(),
): Required<Progress> => {
  const line = (cell: number, cells: number): string =>
    `${label}  cell ${String(cell).padStart(String(cells).length)}/${cells}`
  const rewrite = (text: string): void => {
    writer.write(`\r\u001b[K${cut(text, (writer.columns || 80) - 1)}`)
  }
  let written = clock()
  return {
    cellStarted: (cell, cells) => {
      written = clock()
      if (writer.isTTY) rewrite(`${line(cell, cells)}  …`)
    },
    cellProgressed: (cell, cells, text) => {
      if (writer.isTTY) rewrite(`${line(cell, cells)}  ${text}`)
      else if (clock() - written >= SECONDS_BETWEEN_LINES * 1000) {
        written = clock()
        writer.write(`${line(cell, cells)}  ${text}\n`)
      }
    },
    cellEnded: (cell, cells, seconds, isOk) => {
      const start = writer.isTTY ? '\r\u001b[K' : ''
      writer.write(`${start}${line(cell, cells)}  ${formatSeconds(seconds)}${isOk ? '' : '  failed'}\n`)
    },
  }
}

/** A line that wraps could not be replaced. */
const cut = (text: string, columns: number): string =>
  text.length > columns ? `${text.slice(0, columns - 1)}…` : text

/** What went wrong in a run, with the TypeScript lines, or nothing. */
export const describeFailure = ({ failure, cells, out }: RunResult): string => {
  if (!failure) return ''
  const headline = {
    error: 'failed',
    unhandled: 'left an error behind that nothing handles',
    'dead kernel': 'lost its kernel',
    timeout: 'took too long',
    interrupted: 'was interrupted',
  }[failure.kind]
  const lines = failure.error.traceback.map((line) => `  ${line}`)
  return [
    `Cell ${failure.cell} of ${cells} ${headline}.`,
    ...lines,
    `The outputs so far are in ${out}.`,
    '',
  ].join('\n')
}
