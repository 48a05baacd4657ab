import type { Progress, RunResult } from './execute.js'

/** Where progress lines go; a terminal also shows the running cell. */
export interface LineWriter {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** A duration as `1.2 s` or `2 min 05 s`. */
export const formatSeconds = (seconds: number): string => {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`
}

/** Writes one line per cell: `<label>  cell 3/12  1.2 s`. */
export const progressLines = (label: string, writer: LineWriter): Required<Progress> => {
  const line = (cell: number, cells: number): string =>
    `${label}  cell ${String(cell).padStart(String(cells).length)}/${cells}`
  return {
    cellStarted: (cell, cells) => {
      if (writer.isTTY) writer.write(`${line(cell, cells)}  …`)
    },
    cellEnded: (cell, cells, seconds, isOk) => {
      const start = writer.isTTY ? '\r\u001b[K' : ''
      writer.write(`${start}${line(cell, cells)}  ${formatSeconds(seconds)}${isOk ? '' : '  failed'}\n`)
    },
  }
}

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
