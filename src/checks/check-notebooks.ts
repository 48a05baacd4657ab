// Command line, as part of npm run types: type-checks the cells of notebooks.
import { Command } from 'commander'
import { checkCellTypes } from './cell-types.js'
import { projectNotebooks, readCode } from './notebook-cells.js'
import { report } from './report.js'

const command = new Command('check-notebooks')
  .description('Type-checks the cells of notebooks without running them; exit code 1 if a type is wrong.')
  .argument('[notebooks...]', 'Default: those of the folder notebooks')
  .parse()

const notebooks = (command.args.length > 0 ? command.args : projectNotebooks()).map(readCode)
process.exitCode = report(checkCellTypes(notebooks), notebooks)
