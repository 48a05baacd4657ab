import { rm } from 'node:fs/promises'
import { relative } from 'node:path'
import { projectRoot } from '../files/project-root.js'
import type { Leftover } from '../thesis/leftovers/leftover.js'
import { agreed } from './ask.js'
import { commandLine, run } from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'
import { sizeText } from './size-text.js'

const command = machineReadable(
  commandLine(
    'npm run clean --',
    'Removes what nothing reads any longer: checkpoints and evaluations in results/ whose network, images, method, measure or code ' +
      'is another by now, cells that no study lists, runs of sweeps that were cut off, and what processes that died left. Checkpoints in data/ that no recipe leads to are listed and stay.',
  )
    .option('--list', 'only list it, with its size')
    .option('--yes', 'remove it without asking'),
  'an array of {path, bytes, why, isRemovable, isRemoved}',
  'the same as a table',
)

await run(command, async () => {
  const { list = false, yes = false } = command.opts<{ list?: boolean; yes?: boolean }>()
  const found = await everything()
  const removable = found.filter(({ isRemovable }) => isRemovable)
  if (!isForMachines(command)) tell(found)
  if (list || removable.length === 0) return ended(found, [])
  const question = `remove ${sized(removable)}?`
  if (!yes && !(await agreed(question, '--yes removes it, --list only lists it'))) return 1
  for (const { path } of removable) await rm(path, { recursive: true, force: true })
  console.log(`${sized(removable)} removed`)
  return ended(found, removable)
})

async function everything(): Promise<readonly Leftover[]> {
  const { leftover, leftovers } = await import('../thesis/leftovers/index.js')
  const { studyLeftovers } = await import('../study/study-leftovers.js')
  const { sweepLeftovers } = await import('../sweep/sweep-leftovers.js')
  const others = [...studyLeftovers(), ...sweepLeftovers()]
  return [...(await leftovers()), ...others.map(({ path, why }) => leftover(path, why))]
}

async function ended(found: readonly Leftover[], removed: readonly Leftover[]): Promise<number> {
  await printResult(command, {
    json: () => found.map((one) => ({ ...one, path: placeOf(one), isRemoved: removed.includes(one) })),
  })
  return 0
}

function tell(found: readonly Leftover[]): void {
  for (const one of found) console.log(lineOf(one))
  console.log(found.length === 0 ? 'nothing is left over' : `${sized(found)} left over`)
  const staying = found.filter(({ isRemovable }) => !isRemovable)
  if (staying.length > 0)
    console.log(
      `${sized(staying)} of them in data/checkpoints stay; git rm -r removes those that are committed`,
    )
}

function lineOf(one: Leftover): string {
  return `${sizeText(one.bytes).padStart(9)}  ${placeOf(one)}: ${one.why}${one.isRemovable ? '' : ' (stays)'}`
}

function placeOf({ path }: Leftover): string {
  return relative(projectRoot(), path).replaceAll('\\', '/')
}

function sized(some: readonly Leftover[]): string {
  const bytes = some.reduce((sum, one) => sum + one.bytes, 0)
  return `${some.length} ${some.length === 1 ? 'entry' : 'entries'} (${sizeText(bytes)})`
}
