/** The part of a terminal's or a log file's stream that is needed here. */
export interface TextStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** A line that is rewritten in place in a terminal; in a log it is written anew a limited number of times. */
export interface TerminalLine {
  /** Shows `text`; `share` in [0, 1] is how far the work is. */
  write(text: string, share: number): void
  /** Shows `text` for good and ends the line. */
  end(text: string): void
}

/** A log gets at most this many lines before the last. */
const logLines = 20

export function terminalLine(stream: TextStream = process.stderr): TerminalLine {
  if (stream.isTTY) {
    const rewrite = (text: string) => stream.write(`\r\x1b[2K${cut(text, (stream.columns || 80) - 1)}`)
    return {
      write: rewrite,
      end: (text) => {
        rewrite(text)
        stream.write('\n')
      },
    }
  }
  let written = 0
  return {
    write(text, share) {
      const due = Math.floor(share * logLines)
      if (due <= written) return
      written = due
      stream.write(`${text}\n`)
    },
    end: (text) => stream.write(`${text}\n`),
  }
}

const cut = (text: string, columns: number): string =>
  text.length > columns ? `${text.slice(0, columns - 1)}…` : text
