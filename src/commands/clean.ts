import { rm } from 'node:fs/promises'
import { relative } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { projectRoot } from '../files/project-root.js'
import { studyLeftovers } from '../study/study-leftovers.js'
import { sweepLeftovers } from '../sweep/sweep-leftovers.js'
import { type Leftover, leftover, leftovers } from '../thesis/leftovers/index.js'
import { commandLine, run, UsageError } from './command-line.js'

const command = commandLine(
  'npm run clean --',
  'Removes what nothing reads any longer: checkpoints and evaluations in results/ whose network, images, method, measure or code ' +
    'is another by now, cells that no study lists, runs of sweeps that were cut off, and what processes that died left. Checkpoints in data/ that no recipe leads to are listed and stay.',
)
  .option('--list', 'only list it, with its size')
  .option('--yes', 'remove it without asking')

await run(command, async () => {
  const { list = false, yes = false } = command.opts<{ list?: boolean; yes?: boolean }>()
  const others = [...studyLeftovers(), ...sweepLeftovers()]
  const found = [...(await leftovers()), ...others.map(({ path, why }) => leftover(path, why))]
  for (const one of found) console.log(lineOf(one))
  const removable = found.filter(({ isRemovable }) => isRemovable)
  console.log(found.length === 0 ? 'nothing is left over' : `${sized(found)} left over`)
  const staying = found.filter(({ isRemovable }) => !isRemovable)
  if (staying.length > 0)
    console.log(
      `${sized(staying)} of them in data/checkpoints stay; git rm -r removes those that are committed`,
    )
  if (list || removable.length === 0) return 0
  if (!yes && !(await agreed(`remove ${sized(removable)}?`))) return 1
  for (const { path } of removable) await rm(path, { recursive: true, force: true })
  console.log(`${sized(removable)} removed`)
  return 0
})

function lineOf({ path, bytes, why, isRemovable }: Leftover): string {
  const place = relative(projectRoot(), path).replaceAll('\\', '/')
  return `${size(bytes).padStart(9)}  ${place}: ${why}${isRemovable ? '' : ' (stays)'}`
}

function sized(some: readonly Leftover[]): string {
  const bytes = some.reduce((sum, one) => sum + one.bytes, 0)
  return `${some.length} ${some.length === 1 ? 'entry' : 'entries'} (${size(bytes)})`
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}

async function agreed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY)
    throw new UsageError('there is nobody to ask; --yes removes it, --list only lists it')
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const answer = await terminal.question(`${question} [y/N] `)
  terminal.close()
  return /^y(es)?$/i.test(answer.trim())
}
