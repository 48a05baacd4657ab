import { type RandomStream, randomStream, uniformInt } from '../data/random.js'

/** Draws of one seed and purpose: the same ones each time. */
export class Draw {
  readonly #stream: RandomStream

  constructor(seed: number, ...purpose: readonly (string | number)[]) {
    this.#stream = randomStream(seed, 'faults', ...purpose)
  }

  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number {
    return uniformInt(this.#stream, low, high)
  }

  /** A number in [0, 1). */
  share(): number {
    return this.int(0, 2 ** 30 - 1) / 2 ** 30
  }

  isOneIn(count: number): boolean {
    return this.int(1, count) === 1
  }

  of<T>(list: readonly T[]): T {
    return list[this.int(0, list.length - 1)]!
  }

  bytes(count: number): Uint8Array {
    return Uint8Array.from({ length: count }, () => this.int(0, 255))
  }
}
