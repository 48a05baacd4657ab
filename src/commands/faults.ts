import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { atExit } from '../runner/at-exit.js'
import { callersPath, commandLine, integer, run, wholeNumber } from './command-line.js'
import { machineReadable, printResult, textTable } from './machine-output.js'

const MUTATIONS = 2000
const KILLS = 200
/** Of 100 mutations, how many are of command lines, each of which starts a command. */
const LINES = 3
/** A killed piece of work takes about as long as so many mutations. */
const KILL_WEIGHT = 100

const command = machineReadable(
  commandLine(
    'npm run faults --',
    'Damages files of every kind that the project reads and reads them; kills trainings, exports, studies, notebooks and sweeps at random instants and starts them again; ' +
      'works where no file may grow, as on a full disk. Says of each kind how often that was tried and what came of it. Takes some minutes.',
  )
    .option('--seed <n>', 'of what is damaged and when is killed. Default: 1', integer)
    .option('--mutations <n>', `how many files and command lines. Default: ${MUTATIONS}`, wholeNumber(0))
    .option('--kills <n>', `how often work is killed. Default: ${KILLS}`, wholeNumber(0))
    .option('--jobs <n>', 'pieces of work at once. Default: one per core', wholeNumber())
    .option('--out <file>', 'writes the table as Markdown, e.g. bench/FAULTS.md')
    .addHelpText('after', '\nExit code: 0 if nothing was lost and nothing unclear; 1 if something was.'),
  '{seed, rows: [{kind, tried, clear, unclear, accepted, other, lost}], findings, skipped}',
  'rows as a table',
)

interface Options {
  readonly seed?: number
  readonly mutations?: number
  readonly kills?: number
  readonly jobs?: number
  readonly out?: string
}

await run(command, async () => {
  const options = command.opts<Options>()
  const { seed = 1, mutations = MUTATIONS, kills = KILLS, jobs = availableParallelism(), out } = options
  const { canFill, runFullDisks } = await import('../faults/kills/full-disk.js')
  const { runKills } = await import('../faults/kills/run-kills.js')
  const { runLines } = await import('../faults/run-lines.js')
  const { runMutations } = await import('../faults/run-mutations.js')
  const { reportOf } = await import('../faults/report.js')
  const { Tally } = await import('../faults/tally.js')
  const { writeAtomicallySync } = await import('../files/write-atomically.js')
  const { progressDisplay } = await import('../notebook/progress.js')

  const lines = Math.round((mutations * LINES) / 100)
  const disks = kills > 0 && canFill ? Math.min(4, Math.ceil(kills / 20)) : 0
  const skipped = kills > 0 && !canFill ? ['full disks, since there is no shell that limits files'] : []
  if (process.getuid?.() === 0)
    skipped.push('files without permission, which administrators read all the same')

  const tally = new Tally()
  const total = mutations + KILL_WEIGHT * (kills + 3 * disks)
  const progress = total > 0 ? progressDisplay({ label: 'Faults', total, unit: 'mutations' }) : null
  let done = 0
  const step = (weight: number) => {
    done += weight
    progress?.update(done)
  }
  // The paths of sockets are short, so that the folder lies where the system keeps temporary files.
  const parent = mkdtempSync(join(tmpdir(), 'faults-'))
  const tidy = () => rmSync(parent, { recursive: true, force: true })
  const callOff = atExit(tidy)
  try {
    await runMutations(mutations - lines, seed, parent, (kind, { verdict, file, what, said }) => {
      tally.add(kind, verdict, `${file}, ${what}`, said)
      step(1)
    })
    await runLines(lines, seed, parent, jobs, ({ verdict, line, what, said }) => {
      tally.add('command line', verdict, `${line}, ${what}`, said)
      step(1)
    })
    await runKills(kills, seed, parent, jobs, (kind, { verdict, signal, problem = '' }) => {
      tally.add(`killed: ${kind}`, verdict, signal, problem)
      step(KILL_WEIGHT)
    })
    await runFullDisks(disks, parent, (kind, { verdict, what, said }) => {
      tally.add(`full disk: ${kind}`, verdict, what, said)
      step(KILL_WEIGHT)
    })
  } finally {
    tidy()
    callOff()
  }
  progress?.finish()

  const rows = [...tally.rows(), tally.total()]
  const line = `npm run faults -- --seed ${seed} --mutations ${mutations} --kills ${kills}`
  if (out !== undefined) writeAtomicallySync(callersPath(out), reportOf(tally, { line, skipped }))
  const table = await textTable(rows)
  await printResult(command, {
    json: () => ({ seed, rows, findings: tally.findings, skipped }),
    csv: () => rows,
    text: () => table,
  })
  for (const { kind, verdict, what, said } of tally.findings)
    console.error(`${kind}, ${verdict}: ${what}: ${said.replace(/\s+/g, ' ').slice(0, 300)}`)
  for (const one of skipped) console.error(`not tried here: ${one}`)
  return tally.findings.length === 0 ? 0 : 1
})
