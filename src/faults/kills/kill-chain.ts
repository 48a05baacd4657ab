import { rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import type { Draw } from '../draw.js'
import type { Verdict } from '../judge.js'
import { contentsIn, differenceOf, leftIn, litterIn, placeIn } from './place.js'
import type { Scenario } from './scenario.js'
import { start, untilGroupIsGone } from './start.js'

/** What a run that nobody disturbed came to, and how long its work took in milliseconds. */
export interface Undisturbed {
  readonly contents: ReadonlyMap<string, string>
  readonly milliseconds: number
}

/** What came of a kill; what went wrong is told. */
export interface KillOutcome {
  readonly verdict: Verdict
  readonly signal: string
  readonly problem?: string
}

const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT'] as const

/** Does the work of a scenario once without disturbing it. */
export async function undisturbed(scenario: Scenario, parent: string): Promise<Undisturbed> {
  const place = placeIn(parent, scenario)
  const { begun, ended } = start(await scenario.argv(), place.folder, place.temporary, scenario.begins)
  await begun
  const from = performance.now()
  const { code, said } = await ended
  const milliseconds = performance.now() - from
  const problem = code === 0 ? leftIn(place) : `exit code ${code}: ${said.slice(-2000)}`
  if (problem !== null) throw new Error(`${scenario.kind}, undisturbed: ${problem}`)
  const contents = contentsIn(place.folder, scenario)
  rmSync(place.parent, { recursive: true, force: true })
  return { contents, milliseconds }
}

/**
 * Kills the work of a scenario so many times, each time going on where the one before was killed, then lets it come to its end and compares that with
 * the undisturbed run.
 */
export async function killChain(
  scenario: Scenario,
  reference: Undisturbed,
  count: number,
  parent: string,
  draw: Draw,
): Promise<KillOutcome[]> {
  const place = placeIn(parent, scenario)
  const argv = await scenario.argv()
  const outcomes: KillOutcome[] = []
  for (let i = 0; i < count; i++) {
    const before = litterIn(place)
    const { child, begun, ended } = start(argv, place.folder, place.temporary, scenario.begins)
    const signal = draw.of(SIGNALS)
    // One in eight comes while the program is still being loaded.
    if (!draw.isOneIn(8)) await begun
    await delay(Math.round(draw.share() * reference.milliseconds))
    // Ctrl-C reaches the whole group; other signals are sent to one process.
    const target = signal === 'SIGINT' && draw.isOneIn(2) ? -child.pid! : child.pid!
    if (child.exitCode === null && child.signalCode === null) process.kill(target, signal)
    const { said } = await ended
    await untilGroupIsGone(child.pid!)
    const stack = /\n {4}at .*/.exec(said)?.[0]
    const left = signal === 'SIGKILL' ? null : leftIn(place, before)
    if (stack !== undefined)
      outcomes.push({ verdict: 'unclear', signal, problem: `a stack: ${said.slice(-800)}` })
    else if (left !== null) outcomes.push({ verdict: 'lost', signal, problem: left })
    else outcomes.push({ verdict: 'accepted', signal })
  }
  const { code, said } = await start(argv, place.folder, place.temporary, scenario.begins).ended
  const problem =
    code !== 0
      ? `the next start ended with ${code}: ${said.slice(-800)}`
      : (leftIn(place) ?? differenceOf(reference.contents, contentsIn(place.folder, scenario)))
  rmSync(place.parent, { recursive: true, force: true })
  if (problem === null) return outcomes
  return outcomes.map(({ signal }) => ({ verdict: 'lost', signal, problem }))
}
