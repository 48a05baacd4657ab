import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { Peer } from './peer.js'

/** Sequences per second of all processes together, and the most memory that one of them took. */
export interface Throughput {
  readonly perSecond: number
  readonly peakBytes: number
}

/** Steps before the clock starts: an epoch has 960, so that what the first ones take longer does not count. */
const WARM_UP = 30

/** How fast `processes` models train beside one another, one thread each. */
export async function ourThroughput(
  network: string,
  batch: number,
  { processes, repeats }: { processes: number; repeats: number },
): Promise<Throughput> {
  const env = { ...process.env, TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' }
  const workers = Array.from({ length: processes }, () =>
    fork(
      join(import.meta.dirname, 'throughput-worker.ts'),
      [network, `${batch}`, `${WARM_UP}`, `${repeats}`],
      {
        execArgv: ['--import', 'tsx'],
        env,
      },
    ),
  )
  await Promise.all(workers.map(message))
  const ends = workers.map(message)
  for (const worker of workers) worker.send('go')
  const results = (await Promise.all(ends)) as { milliseconds: number; peakBytes: number }[]
  return {
    perSecond: results.reduce((sum, { milliseconds }) => sum + (1000 * batch * repeats) / milliseconds, 0),
    peakBytes: Math.max(...results.map(({ peakBytes }) => peakBytes)),
  }
}

async function message(worker: ChildProcess): Promise<unknown> {
  const ended = once(worker, 'exit').then(([code]) => {
    throw new Error(`a process of the benchmark ended with exit code ${code}`)
  })
  ended.catch(() => {})
  const [answer] = await Promise.race([once(worker, 'message'), ended])
  return answer
}

/** The same for peers that hold the network already. */
export async function peerThroughput(
  peers: readonly Peer[],
  batch: number,
  repeats: number,
): Promise<number> {
  const times = await Promise.all(
    peers.map((peer) => peer.time('time-step', { batch, warmup: WARM_UP, repeats })),
  )
  return times.reduce(
    (sum, runs) => sum + (1000 * batch * repeats) / runs.reduce((total, run) => total + run, 0),
    0,
  )
}
