// Command line, as part of npm run format and, with --check, of npm run lint: formats the cells of notebooks.
import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { Command } from 'commander'
import { writeAtomicallySync } from '../files/write-atomically.js'
import { checkCellFormat, type FormattedCell, formatCells } from './cell-format.js'
import { projectNotebooks, readCode } from './notebook-cells.js'
import { replaceSources } from './replace-sources.js'
import { counted, report } from './report.js'

const command = new Command('format-notebooks')
  .description('Formats the cells of notebooks; nothing else in their files changes.')
  .argument('[notebooks...]', 'Default: those of the folder notebooks')
  .option('--check', 'changes nothing; exit code 1 if a cell is formatted otherwise')
  .parse()

const rewrite = (file: string, cells: readonly FormattedCell[]): void => {
  const changed = cells.flatMap(({ notebook, cell, source }): [number, string][] =>
    notebook === file && source !== undefined && source !== cell.source ? [[cell.index, source]] : [],
  )
  if (changed.length === 0) return
  writeAtomicallySync(file, replaceSources(readFileSync(file, 'utf8'), new Map(changed)))
  process.stdout.write(`${relative(process.cwd(), file)}: ${counted(changed.length, 'cell')} formatted\n`)
}

const notebooks = (command.args.length > 0 ? command.args : projectNotebooks()).map(readCode)
if (command.opts<{ check?: true }>().check) {
  process.exitCode = report(checkCellFormat(notebooks), notebooks)
} else {
  const cells = formatCells(notebooks)
  for (const { file } of notebooks) rewrite(file, cells)
  process.exitCode = report(
    cells.flatMap(({ problem }) => (problem ? [problem] : [])),
    notebooks,
  )
}
