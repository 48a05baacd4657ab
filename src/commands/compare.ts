import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { asked, callersPath, commandLine, run } from './command-line.js'
import { machineReadable, printResult } from './machine-output.js'

const command = machineReadable(
  commandLine(
    'npm run compare --',
    'Shows in what two runs differ: parameters, recorded numbers, exported tables by row and column, figures by the digests of their pictures, ' +
      'and code cells.',
  )
    .argument(
      '<a>',
      "an executed notebook, its folder, or a sweep's run such as network=deep or 03-training/network=deep",
    )
    .argument('<b>', 'another')
    .addHelpText(
      'after',
      '\nExit code: 0 if the runs are the same, 1 if they differ, 2 if the command line is wrong.',
    ),
  '{a, b, isSame} and what differs: parameters, numbers, tables, figures and code',
)

await run(command, async () => {
  const { compareRuns } = await import('../sweep/compare-runs.js')
  const { differenceText } = await import('../sweep/difference-text.js')
  const { findRun } = await import('../sweep/find-run.js')
  const { readRun } = await import('../sweep/read-run.js')
  const [a, b] = await Promise.all(
    command.args.map((name) => asked(() => findRun(name, [resolve(name), callersPath(name)]))),
  )
  const [runOfA, runOfB] = [await asked(() => readRun(a!)), await asked(() => readRun(b!))]
  const difference = compareRuns(runOfA, runOfB)
  const { readRecord } = await import('../sweep/sweep-folder.js')
  /** A run that did not end well is not whole. */
  const ending = (file: string): string => {
    const record = existsSync(join(dirname(file), 'run.json')) ? readRecord(dirname(file)) : null
    return record && record.status !== 'finished' ? ` (${record.status})` : ''
  }
  await printResult(command, {
    json: () => JSON.parse(JSON.stringify({ a: shown(a!), b: shown(b!), ...difference }, finite)),
    text: () =>
      `A  ${shown(a!)}${ending(a!)}\nB  ${shown(b!)}${ending(b!)}\n\n${differenceText(difference).trimEnd()}`,
  })
  return difference.isSame ? 0 : 1
})

/** JSON has no word for what is not finite. */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value
}

function shown(file: string): string {
  return relative(process.cwd(), file)
}
