import { createHash } from 'node:crypto'
import { cpSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Draw } from './draw.js'
import { isClear, type Verdict } from './judge.js'
import { type Done, filesOf, mutateFolder } from './mutations/mutate-folder.js'
import type { Subject } from './subject.js'
import { subjects } from './subjects/index.js'

/** What came of one damaged file. */
export interface MutationOutcome extends Done {
  readonly verdict: Verdict
  /** What the reading said. */
  readonly said: string
}

/** Told of each mutation. */
export type OnMutation = (kind: string, outcome: MutationOutcome) => void

/** Whole files of a subject, and what they say. */
interface Whole {
  readonly folder: string
  readonly other: string
  readonly value: string | null
}

/** Damages files of every kind by turns, each time fresh ones in a folder of their own, and reads them as the project does. */
export async function runMutations(
  count: number,
  seed: number,
  parent: string,
  onMutation: OnMutation,
  of: readonly Subject[] = subjects,
): Promise<void> {
  const wholes = new Map<Subject, Whole>()
  for (let i = 0; i < count; i++) {
    const subject = of[i % of.length]!
    const whole = wholes.get(subject) ?? (await wholeOf(subject, parent))
    wholes.set(subject, whole)
    onMutation(subject.kind, await mutate(subject, whole, parent, new Draw(seed, subject.kind, i)))
  }
}

async function wholeOf(subject: Subject, parent: string): Promise<Whole> {
  const [folder, other] = [mkdtempSync(join(parent, 'whole-')), mkdtempSync(join(parent, 'other-'))]
  await subject.make(folder, 0)
  await subject.make(other, 1)
  const value = await inCopy(folder, parent, (copy) => subject.read(copy))
  const otherValue = await inCopy(other, parent, (copy) => Promise.resolve(subject.read(copy)).catch(String))
  if (value === null || value === otherValue)
    throw new Error(`what is read of ${subject.kind} does not tell two of its files apart`)
  return { folder, other, value }
}

/** Does something with a copy of a folder, which goes afterwards. */
async function inCopy<T>(folder: string, parent: string, act: (copy: string) => T | Promise<T>): Promise<T> {
  const trial = mkdtempSync(join(parent, 'trial-'))
  const copy = join(trial, 'files')
  cpSync(folder, copy, { recursive: true })
  try {
    return await act(copy)
  } finally {
    rmSync(trial, { recursive: true, force: true })
  }
}

const mutate = (subject: Subject, whole: Whole, parent: string, draw: Draw): Promise<MutationOutcome> =>
  inCopy(whole.folder, parent, async (folder) => {
    const names = [...filesOf(folder), ...(subject.names ?? [])]
    const done = mutateFolder(folder, whole.other, draw)
    const before = stateOf(folder)
    const judged = await judge(subject, whole, folder, names)
    const after = stateOf(folder)
    const isMade = done.what === 'a missing file' && subject.mayMake?.some((name) => done.file.endsWith(name))
    if (before === after || isMade) return { ...done, ...judged }
    return { ...done, verdict: 'lost', said: `reading changed the folder: ${after}` }
  })

async function judge(
  subject: Subject,
  { value }: Whole,
  folder: string,
  names: readonly string[],
): Promise<Pick<MutationOutcome, 'verdict' | 'said'>> {
  try {
    const found = await subject.read(folder)
    if (found === value) return { verdict: 'accepted', said: '' }
    if (found === null) return { verdict: 'clear', said: 'it is made anew' }
    return { verdict: subject.isSealed ? 'lost' : 'other', said: found.slice(0, 300) }
  } catch (error) {
    const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
    return { verdict: isClear(error, names, subject.isCode) ? 'clear' : 'unclear', said }
  }
}

/** Names and contents of all that is in a folder. */
function stateOf(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return names
    .map((name) => {
      const path = join(folder, name)
      const digest = lstatSync(path).isFile()
        ? createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 8)
        : ''
      return `${name} ${digest}`
    })
    .join(', ')
}
