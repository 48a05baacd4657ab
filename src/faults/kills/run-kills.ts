import pMap from 'p-map'
import { Draw } from '../draw.js'
import { type KillOutcome, killChain, undisturbed } from './kill-chain.js'
import type { Scenario } from './scenario.js'
import { scenarios } from './scenarios.js'

/** How often one piece of work is killed before it may come to its end. */
const CHAIN = 4

/** Told of each kill. */
export type OnKill = (kind: string, outcome: KillOutcome) => void

/** How many kills each scenario gets of `count`; every one gets some where there are enough. */
export function sharesOf(count: number): ReadonlyMap<Scenario, number> {
  const shares = new Map(scenarios.map((one) => [one, Math.floor((count * one.share) / 100)]))
  const given = [...shares.values()].reduce((sum, share) => sum + share, 0)
  const [first] = scenarios
  return shares.set(first!, shares.get(first!)! + count - given)
}

/** Kills trainings, studies, exports, notebooks and sweeps, a few at once, in folders below `parent`. */
export async function runKills(
  count: number,
  seed: number,
  parent: string,
  jobs: number,
  onKill: OnKill,
): Promise<void> {
  for (const [scenario, share] of sharesOf(count)) {
    if (share === 0) continue
    const reference = await undisturbed(scenario, parent)
    const chains = Array.from({ length: Math.ceil(share / CHAIN) }, (_, i) =>
      Math.min(CHAIN, share - CHAIN * i),
    )
    await pMap(
      chains.entries(),
      async ([i, length]) => {
        const draw = new Draw(seed, 'kills', scenario.kind, i)
        for (const outcome of await killChain(scenario, reference, length, parent, draw))
          onKill(scenario.kind, outcome)
      },
      { concurrency: jobs },
    )
  }
}
