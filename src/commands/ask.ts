import { createInterface } from 'node:readline/promises'
import { UsageError } from './command-line.js'

/**
 * Asks whoever sits at the terminal, whose answer is no unless it is yes.
 *
 * @param otherwise what to do where nobody is there, such as `--yes removes it`
 * @throws UsageError where nobody is there
 */
export async function agreed(question: string, otherwise: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UsageError(`there is nobody to ask; ${otherwise}`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} [y/N] `)
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}
