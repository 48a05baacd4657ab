import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { compareRuns } from '../sweep/compare-runs.js'
import { differenceText } from '../sweep/difference-text.js'
import { findRun } from '../sweep/find-run.js'
import { readRun } from '../sweep/read-run.js'
import { readRecord } from '../sweep/sweep-folder.js'
import { asked, callersPath, commandLine, run } from './command-line.js'

const command = commandLine(
  'npm run compare --',
  'Shows in what two runs differ: parameters, recorded numbers, exported tables by row and column, figures by the digests of their pictures, ' +
    'and code cells.',
)
  .argument(
    '<a>',
    "an executed notebook, its folder, or a sweep's run such as network=deep or 03-training/network=deep",
  )
  .argument('<b>', 'another')
  .option('--json', 'machine-readable')
  .addHelpText(
    'after',
    '\nExit code: 0 if the runs are the same, 1 if they differ, 2 if the command line is wrong.',
  )

await run(command, async () => {
  const [a, b] = await Promise.all(
    command.args.map((name) => asked(() => findRun(name, [resolve(name), callersPath(name)]))),
  )
  const [runOfA, runOfB] = [await asked(() => readRun(a!)), await asked(() => readRun(b!))]
  const difference = compareRuns(runOfA, runOfB)
  if (command.opts<{ json?: true }>().json)
    process.stdout.write(`${JSON.stringify({ a: shown(a!), b: shown(b!), ...difference }, finite, 1)}\n`)
  else {
    process.stdout.write(`A  ${shown(a!)}${ending(a!)}\nB  ${shown(b!)}${ending(b!)}\n\n`)
    process.stdout.write(differenceText(difference))
  }
  return difference.isSame ? 0 : 1
})

/** JSON has no word for what is not finite. */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function shown(file: string): string {
  return relative(process.cwd(), file)
}

/** A run that did not end well is not whole. */
function ending(file: string): string {
  const record = existsSync(join(dirname(file), 'run.json')) ? readRecord(dirname(file)) : null
  return record && record.status !== 'finished' ? ` (${record.status})` : ''
}
