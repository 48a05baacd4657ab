import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import type { Architecture } from '../src/architectures/index.js'
import { architectures, posterMethods } from '../src/catalogue/index.js'
import { THESIS_GEOMETRY } from '../src/network/geometry.js'
import { checkAgreement, load } from './agreement.js'
import { trainingFlops } from './flops.js'
import { explainer, product, stepper } from './ours.js'
import { Peer } from './peer.js'
import { type Problem, problem, randomBatch } from './problem.js'
import { type Measurement, measurement } from './row.js'
import { median } from './summary.js'
import { ourThroughput, peerThroughput } from './throughput.js'
import { time, warmUp } from './time.js'

/** What is measured of networks, in this order. */
export const networkMeasures = ['step', 'explain', 'train', 'growth'] as const
export type NetworkMeasure = (typeof networkMeasures)[number]

export interface BenchOptions {
  readonly backend: string
  readonly measures: readonly NetworkMeasure[]
  /** The networks, and the id or the file by which another process finds each. */
  readonly networks: readonly { readonly name: string; readonly architecture: Architecture }[]
  /** How often each side takes its turn, and how many runs a turn has. */
  readonly turns: number
  readonly runs: number
  /** The peers' Python, or null where they are not installed. */
  readonly python: string | null
  /** Told what is being measured. */
  onProgress(text: string): void
}

const EPOCH = 48_000
/** Of the shared trainings: five networks on two datasets. */
const DATASETS = 2
const BATCHES = [50, 200] as const
const EXPLAINED = 100
const STEPS = [12, 48, 192] as const
const WIDTHS = [1, 2, 4] as const
/** Runs at the beginning of a turn that do not count, on either side, and how many milliseconds they take at least. */
const WARM_UP = { runs: 3, milliseconds: 100 }
/** How many milliseconds the runs that count take at least in each turn: a few short ones would tell how a core wakes up. */
const TURN = 200
const TURN_OF_PEER = { warmup: WARM_UP.runs, warmupMilliseconds: WARM_UP.milliseconds, milliseconds: TURN }
/** Milliseconds before a turn: threads of the side that ran before it go on spinning for a while. */
const PAUSE = 300
/** Training steps that a run of the epoch's measure has. */
const STEPS_PER_RUN = 10
const PRODUCT = 1024

/** Measures one thing after another and yields each as it is known. */
export async function* measure(options: BenchOptions): AsyncGenerator<Measurement> {
  const { measures, networks, onProgress } = options
  const cores = availableParallelism()
  const peer = options.python === null ? null : new Peer(options.python, cores)
  // PyTorch has what is shipped; a network of one's own is measured alone.
  const peerOf = (architecture: Architecture) => (architectures.includes(architecture) ? peer : null)
  try {
    const products = await take(options, product(PRODUCT), (runs) =>
      peer?.time('product', { size: PRODUCT, ...TURN_OF_PEER, repeats: runs }),
    )
    const peak = (runs: readonly number[]) => (2 * PRODUCT ** 3) / median(runs) / 1e6
    for (const { architecture } of networks) {
      if (measures.includes('step') || measures.includes('explain')) {
        const thesis = problem(architecture)
        const peer = peerOf(architecture)
        if (peer !== null) {
          onProgress(`${architecture.id}: do both sides compute the same?`)
          await load(peer, thesis)
          await checkAgreement(peer, thesis, posterMethods)
        }
        if (measures.includes('step')) yield* steps(thesis)
        if (measures.includes('explain')) yield* explanations(thesis)
      }
    }
    if (measures.includes('train')) yield* training()
    if (measures.includes('growth')) yield* growth()

    async function* steps(thesis: Problem): AsyncGenerator<Measurement> {
      for (const batch of BATCHES) {
        onProgress(`${thesis.network}: a training step of ${batch}`)
        const runs = await stepTimes(thesis, batch)
        yield measurement({
          measure: 'training step (ms)',
          ...of(thesis, batch),
          ...runs,
          lessIsBetter: true,
        })
        const flops = trainingFlops(thesis.architecture, thesis.geometry, thesis.units, batch)
        const share = (times: readonly number[], products: readonly number[]) =>
          times.map((milliseconds) => (100 * flops) / milliseconds / 1e6 / peak(products))
        yield measurement({
          measure: `arithmetic of a step (% of a ${PRODUCT}³ product's)`,
          ...of(thesis, batch),
          ours: share(runs.ours, products.ours),
          peer: runs.peer && share(runs.peer, products.peer!),
          lessIsBetter: false,
        })
      }
    }

    async function* explanations(thesis: Problem): AsyncGenerator<Measurement> {
      const peer = peerOf(thesis.architecture)
      for (const method of posterMethods) {
        const { id: name } = method
        onProgress(`${thesis.network}: ${name}`)
        const run = explainer(thesis, randomBatch(thesis, EXPLAINED), method)
        warmUp(run)
        const details = { method: name, batch: EXPLAINED, ...TURN_OF_PEER }
        const { engines } = (await peer?.ask('engines', details)) ?? { engines: [''] }
        for (const engine of engines as string[]) {
          const { ours, peer: theirs } = await take(options, run, (repeats) =>
            peer?.time('time-explain', { ...details, engine, repeats }),
          )
          const perSecond = (times: readonly number[]) =>
            times.map((milliseconds) => (1000 * EXPLAINED) / milliseconds)
          const beside = name === 'deepTaylor' && engine ? ` beside ${engine}` : ''
          yield measurement({
            measure: `${name}${beside} (explanations/s)`,
            ...of(thesis, EXPLAINED),
            ours: perSecond(ours),
            peer: theirs && perSecond(theirs),
            lessIsBetter: false,
          })
        }
      }
    }

    async function* training(): AsyncGenerator<Measurement> {
      const [batch] = BATCHES
      const seconds = { ours: 0, peer: 0 }
      for (const { name, architecture } of networks) {
        const network = architecture.id
        const peer = peerOf(architecture)
        const thesis = problem(architecture)
        const singles = peer === null ? [] : Array.from({ length: cores }, () => new Peer(options.python!, 1))
        try {
          if (peer !== null) for (const one of [peer, ...singles]) await load(one, thesis)
          const ours: number[] = []
          const together: number[] = []
          const apart: number[] = []
          let peakBytes = 0
          for (let turn = 0; turn < options.turns; turn++) {
            onProgress(`${network}: training on all cores, ${turn + 1} of ${options.turns}`)
            const own = await ourThroughput(name, batch, {
              processes: cores,
              repeats: STEPS_PER_RUN * options.runs,
            })
            ours.push(EPOCH / own.perSecond)
            peakBytes = Math.max(peakBytes, own.peakBytes)
            if (peer === null) continue
            together.push(EPOCH / (await peerThroughput([peer], batch, STEPS_PER_RUN * options.runs)))
            apart.push(EPOCH / (await peerThroughput(singles, batch, STEPS_PER_RUN * options.runs)))
          }
          // The peer's better way: all threads for one model, or one thread for each of several.
          const peers = peer === null ? null : median(apart) < median(together) ? apart : together
          yield measurement({
            measure: `epoch of ${EPOCH.toLocaleString('en')} sequences on all cores (s)`,
            ...of(thesis, batch),
            ours,
            peer: peers,
            lessIsBetter: true,
          })
          seconds.ours += DATASETS * median(ours)
          seconds.peer += peers === null ? 0 : DATASETS * median(peers)
          const memory = await singles[0]?.ask('memory')
          yield measurement({
            measure: 'peak memory of a training process (MB)',
            ...of(thesis, batch),
            ours: [peakBytes / 1e6],
            peer: memory ? [(memory.peakBytes as number) / 1e6] : null,
            lessIsBetter: true,
          })
        } finally {
          for (const single of singles) single.end()
        }
      }
      const isAll = architectures.every((one) => networks.some(({ architecture }) => architecture === one))
      if (isAll && networks.length === architectures.length)
        yield measurement({
          measure: 'an epoch of all ten models on all cores (s)',
          network: 'all',
          batch,
          steps: THESIS_GEOMETRY.steps,
          backend: options.backend,
          ours: [seconds.ours],
          peer: peer === null ? null : [seconds.peer],
          lessIsBetter: true,
        })
    }

    async function* growth(): AsyncGenerator<Measurement> {
      for (const { architecture } of networks) {
        const peer = peerOf(architecture)
        for (const [steps, width] of [
          ...STEPS.map((steps) => [steps, 1]),
          ...WIDTHS.map((width) => [12, width]),
        ]) {
          if (steps === 12 && width === 1) continue // is a training step above
          onProgress(`${architecture.id}: ${steps} steps, ${width} times as many neurons`)
          const large = problem(architecture, { steps, width })
          if (peer !== null) await load(peer, large)
          const runs = await stepTimes(large, BATCHES[0])
          const measure = width === 1 ? 'training step (ms)' : `training step, ${width} × neurons (ms)`
          yield measurement({ measure, ...of(large, BATCHES[0]), ...runs, lessIsBetter: true })
        }
      }
    }

    function of({ network, geometry }: Problem, batch: number) {
      return { network, batch, steps: geometry.steps, backend: options.backend }
    }

    async function stepTimes(problem: Problem, batch: number) {
      const peer = peerOf(problem.architecture)
      const step = stepper(problem, randomBatch(problem, batch))
      warmUp(step)
      return take(options, step, (repeats) => peer?.time('time-step', { batch, ...TURN_OF_PEER, repeats }))
    }
  } finally {
    peer?.end()
  }
}

/** Lets both sides take turns, so that what else the machine does hits both. */
async function take(
  { turns, runs }: BenchOptions,
  ours: () => void,
  peers: (repeats: number) => Promise<number[]> | undefined,
): Promise<{ ours: number[]; peer: number[] | null }> {
  const own: number[] = []
  const theirs: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    await setTimeout(PAUSE)
    time(ours, WARM_UP.runs, WARM_UP.milliseconds)
    own.push(...time(ours, runs, TURN))
    await setTimeout(PAUSE)
    theirs.push(...((await peers(runs)) ?? []))
  }
  return { ours: own, peer: theirs.length === 0 ? null : theirs }
}
