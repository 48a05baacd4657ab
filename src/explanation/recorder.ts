import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import type { TapStep } from '../network/operations.js'

/** What a backward walk leaves at one tap: relevance `[batch, units]`, or `[steps·batch, units]` where all steps come at once. */
export interface TapRecord {
  readonly name: string
  readonly step: TapStep
  readonly shape: readonly [number, number]
  readonly relevance: Float32Array
}

/** Where relevance ends that does not reach the pixels: in biases, in the ε of a rule, or in neurons that have nobody to pass it to. */
export const sinks = ['biases', 'epsilon', 'undistributed'] as const
export type Sink = (typeof sinks)[number]

/** What a backward walk passed: relevance at the taps, and what each sink took of each sequence, `[batch]`. */
export interface Recording {
  readonly taps: readonly TapRecord[]
  readonly absorbed: Readonly<Record<Sink, Float64Array>>
}

/** How a method turns what arrives at a tap into relevance: the signal itself, its square, … */
export type Finish = (signal: Tensor, x: Tensor) => Tensor

/** What one recorded tensor is: relevance at a tap, or what rows from `firstRow` on lost to a sink. */
export type Entry =
  | Pick<TapRecord, 'name' | 'step' | 'shape'>
  | { readonly sink: Sink; readonly firstRow: number }

/** Collects what a backward walk passes, as tensors; `readRecording` makes sense of their values. */
export class Recorder {
  readonly entries: Entry[] = []
  readonly tensors: Tensor[] = []

  constructor(private readonly finish: Finish) {}

  /** Records the signal arriving at a tap where the activation is x. */
  tap(name: string, step: TapStep, signal: Tensor2D, x: Tensor2D): void {
    this.record({ name, step, shape: signal.shape }, this.finish(signal, x))
  }

  /** Records what a layer's rows `[rows, …]` lose to a sink; its row r, counted from `firstRow`, belongs to sequence r mod batch. */
  absorb(sink: Sink, lost: Tensor, firstRow = 0): void {
    this.record({ sink, firstRow }, tf.sum(tf.reshape(lost, [lost.shape[0]!, -1]), 1))
  }

  /** What was recorded so far, of walks over `batch` sequences. */
  read(batch: number): Recording {
    return readRecording(
      batch,
      this.entries,
      this.tensors.map((tensor) => tensor.dataSync<'float32'>()),
    )
  }

  /** Releases what was recorded. */
  dispose(): void {
    tf.dispose(this.tensors)
  }

  private record(entry: Entry, tensor: Tensor): void {
    this.entries.push(entry)
    this.tensors.push(tf.keep(tensor))
  }
}

/** The recording of walks over `batch` sequences, from the values of each entry. */
export function readRecording(
  batch: number,
  entries: readonly Entry[],
  values: readonly Float32Array[],
): Recording {
  const taps: TapRecord[] = []
  const absorbed = {
    biases: new Float64Array(batch),
    epsilon: new Float64Array(batch),
    undistributed: new Float64Array(batch),
  }
  for (const [i, entry] of entries.entries()) {
    const recorded = values[i]!
    if ('name' in entry) {
      taps.push({ ...entry, relevance: recorded.slice() })
      continue
    }
    const total = absorbed[entry.sink]
    for (const [row, lost] of recorded.entries()) total[(entry.firstRow + row) % batch]! += lost
  }
  return { taps, absorbed }
}
