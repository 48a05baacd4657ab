import { describeProblem, type NotebookCode, type Problem } from './notebook-cells.js'

/** A count with its noun, as in `1 cell` and `2 cells`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** Writes the problems found, or what was looked at, and returns the exit code. */
export const report = (problems: readonly Problem[], notebooks: readonly NotebookCode[]): number => {
  for (const problem of problems) process.stderr.write(`${describeProblem(problem)}\n`)
  const cells = notebooks.reduce((sum, { cells }) => sum + cells.length, 0)
  const looked = `${counted(cells, 'cell')} of ${counted(notebooks.length, 'notebook')} checked`
  if (problems.length === 0) process.stdout.write(`${looked}.\n`)
  else process.stderr.write(`${looked}, ${counted(problems.length, 'problem')} found.\n`)
  return problems.length === 0 ? 0 : 1
}
