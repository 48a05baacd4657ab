import { rmSync } from 'node:fs'
import type { Verdict } from '../judge.js'
import { undisturbed } from './kill-chain.js'
import { contentsIn, differenceOf, leftIn, placeIn } from './place.js'
import { scenarios } from './scenarios.js'
import { start } from './start.js'

/** The largest file that may be written, in blocks of the shell: nothing, and what is enough for some files and not for others. */
const LIMITS = [0, 8, 1, 32]

/** The work that is done on a disk that is too small. */
const KINDS = ['training', 'export of a figure', 'run of a notebook']

/** What came of work on a full disk. */
export interface FullDiskOutcome {
  readonly verdict: Verdict
  readonly what: string
  readonly said: string
}

/** Whether a limit can be set here, which needs a shell. */
export const canFill = process.platform !== 'win32'

/**
 * Does work where no file may become larger than a limit, as on a disk that is full, then again where there is room. The first has to
 * name the file and the folder and leave nothing half-written, the second to come to what a run came to that nobody disturbed.
 */
export async function runFullDisks(
  count: number,
  parent: string,
  onOutcome: (kind: string, outcome: FullDiskOutcome) => void,
): Promise<void> {
  for (const scenario of scenarios.filter(({ kind }) => KINDS.includes(kind))) {
    const reference = await undisturbed(scenario, parent)
    const argv = await scenario.argv()
    for (const largestFile of LIMITS.slice(0, count)) {
      const place = placeIn(parent, scenario)
      const { folder, temporary } = place
      const full = await start(argv, folder, temporary, scenario.begins, { largestFile }).ended
      const left = leftIn(place)
      const again = await start(argv, folder, temporary, scenario.begins).ended
      const difference = differenceOf(reference.contents, contentsIn(folder, scenario))
      const what = `no file above ${largestFile} blocks`
      const outcome = (verdict: Verdict, said: string) => onOutcome(scenario.kind, { verdict, what, said })
      if (again.code !== 0)
        outcome('lost', `the next start ended with ${again.code}: ${again.said.slice(-500)}`)
      else if (difference !== null) outcome('lost', difference)
      else if (left !== null) outcome('lost', left)
      else if (full.code === 0) outcome('accepted', '')
      else outcome(isTold(full.said) ? 'clear' : 'unclear', full.said.slice(-500))
      rmSync(place.parent, { recursive: true, force: true })
    }
  }
}

/** Whether it was said in a sentence which file cannot be written in which folder. */
const isTold = (said: string): boolean =>
  /cannot be (written|kept|saved) in/.test(said) && !/\n {4}at /.test(said)
