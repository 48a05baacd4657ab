import { type Command, Option } from 'commander'

/** The forms in which a command can print its result for another program. */
export interface MachineOptions {
  readonly json?: true
  readonly csv?: true
}

/**
 * Adds `--json` and, where the result is a table, `--csv` to a command. With either, standard output holds the result and nothing else;
 * what the command tells people goes to standard error (see `run`).
 *
 * @param json what `--json` prints
 * @param csv what `--csv` prints. Default: there is no `--csv`
 */
export function machineReadable(command: Command, json: string, csv?: string): Command {
  const option = new Option('--json', json)
  if (csv === undefined) return command.addOption(option)
  return command.addOption(option.conflicts('csv')).addOption(new Option('--csv', csv))
}

/** Whether the command's result is for another program. */
export const isForMachines = (command: Command): boolean => {
  const { json = false, csv = false } = command.opts<MachineOptions>()
  return json || csv
}

/** What a command comes to, in each of the forms in which it may be printed. */
export interface Result {
  readonly json: () => unknown
  /** Default: what `json` gives. */
  readonly csv?: () => readonly object[]
  /** For people. Default: nothing, where the command has told it. */
  readonly text?: () => string
}

/** Prints a command's result as its options ask for. */
export async function printResult(command: Command, { json, csv, text }: Result): Promise<void> {
  const options = command.opts<MachineOptions>()
  if (options.json) process.stdout.write(`${JSON.stringify(json(), null, 1)}\n`)
  else if (options.csv) process.stdout.write(await csvOf(csv?.() ?? (json() as readonly object[])))
  else if (text) process.stdout.write(`${text()}\n`)
}

async function csvOf(rows: readonly object[]): Promise<string> {
  const { toGrid } = await import('../notebook/grid.js')
  const { toCsv } = await import('../notebook/table-formats.js')
  return toCsv(toGrid(rows.map((row) => ({ ...row }))))
}

/** Rows as a table in aligned columns for a terminal, in which numbers stand right. */
export async function textTable(rows: readonly Readonly<Record<string, unknown>>[]): Promise<string> {
  const { toGrid } = await import('../notebook/grid.js')
  const { toPlainText } = await import('../notebook/table-formats.js')
  return toPlainText(toGrid(rows))
}
