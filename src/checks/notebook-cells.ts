import { readdirSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import { readNotebook } from '../runner/notebook-file.js'

/** A code cell that is not empty. */
export interface Cell {
  /** Its number among the notebook's code cells that are not empty, from 1: what the kernel calls it in a whole run. */
  readonly number: number
  /** Its place among all cells of the notebook, from 0. */
  readonly index: number
  readonly source: string
}

/** A notebook's code. */
export interface NotebookCode {
  readonly file: string
  readonly cells: readonly Cell[]
}

/** Something wrong in a file; a notebook's lines count within a cell. */
export interface Problem {
  readonly file: string
  readonly cell?: number
  /** From 1. */
  readonly line: number
  readonly message: string
}

/** The notebooks of the project's folder `notebooks`, in the order of their names. */
export const projectNotebooks = (): string[] => {
  const folder = join(projectRoot(import.meta.dirname), 'notebooks')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ipynb'))
    .sort()
    .map((name) => join(folder, name))
}

/** Reads a notebook's code cells. Throws an error that names the file and what is wrong with it. */
export const readCode = (file: string): NotebookCode => {
  const code = readNotebook(file).cells.flatMap(({ cell_type: type, source }, index) =>
    type === 'code' && source.trim() !== '' ? [{ index, source }] : [],
  )
  return { file: resolve(file), cells: code.map((cell, i) => ({ ...cell, number: i + 1 })) }
}

/** A problem in one line or, as the compiler has it, several: `notebooks/03-training.ipynb, cell 5, line 2: …`. */
export const describeProblem = ({ file, cell, line, message }: Problem): string => {
  const path = relative(process.cwd(), file).replaceAll('\\', '/')
  return `${path}${cell === undefined ? '' : `, cell ${cell}`}, line ${line}: ${message}`
}
