import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TapStep } from '../network/operations.js'

/** What a backward walk leaves at one tap: relevance `[batch, units]`, or `[steps·batch, units]` where all steps come at once. */
export interface TapRecord {
  readonly name: string
  readonly step: TapStep
  readonly shape: readonly [number, number]
  readonly relevance: Float32Array
}

/** Where relevance that does not reach the pixels ends. */
export type Sink = 'biases' | 'stabilisers'

/** How a method turns what arrives at a tap into relevance: the signal itself, its square, … */
export type Finish = (signal: Tensor, x: Tensor) => Tensor

/** Collects what a backward walk passes: taps, and per sequence what each sink takes. */
export class Recorder {
  readonly taps: TapRecord[] = []
  private readonly sinks: Readonly<Record<Sink, Float64Array>>

  constructor(
    private readonly batch: number,
    private readonly finish: Finish,
  ) {
    this.sinks = { biases: new Float64Array(batch), stabilisers: new Float64Array(batch) }
  }

  /** Records the signal arriving at a tap where the activation is x. */
  tap(name: string, step: TapStep, signal: Tensor2D, x: Tensor2D): void {
    const relevance = this.finish(signal, x).dataSync<'float32'>().slice()
    this.taps.push({ name, step, shape: signal.shape, relevance })
  }

  /** Adds what a layer's rows `[rows, …]` lose to a sink; its row r, counted from `firstRow`, belongs to sequence r mod batch. */
  absorb(sink: Sink, lost: Tensor, firstRow = 0): void {
    const values = lost.dataSync<'float32'>()
    const perRow = values.length / lost.shape[0]!
    const total = this.sinks[sink]
    for (let i = 0; i < values.length; i++) {
      const sequence = (firstRow + Math.floor(i / perRow)) % this.batch
      total[sequence] = total[sequence]! + values[i]!
    }
  }

  /** What a sink took, per sequence. */
  absorbed = (sink: Sink): Float64Array => this.sinks[sink]
}
