/**
 * How code in a cell learns that the reader pressed "interrupt".
 *
 * `globalThis[Symbol.for('thesis.interrupt')]` is an EventTarget that exists in this kernel only. On an interrupt it
 * receives an `interrupt` event while a cell runs:
 *
 * - Nobody listens, or no listener calls `preventDefault()`: the cell ends at once with an `Interrupted` error. Work that
 *   it had started and that does not listen goes on in the background, as JavaScript cannot stop it.
 * - A listener calls `event.preventDefault()`: it promises to end the work soon. The kernel waits for the cell to end by
 *   itself, so that `const history = await train(…)` keeps what was trained.
 * - A second interrupt of the same cell ends it at once; that event's `cancelable` is false.
 *
 * For the author of src/notebook:
 *
 *     const target: unknown = Reflect.get(globalThis, Symbol.for('thesis.interrupt'))
 *     export const onInterrupt = (callback: () => void): (() => void) => {
 *       if (!(target instanceof EventTarget)) return () => {}   // not in this kernel: nothing will ever interrupt
 *       const listener = (event: Event): void => { event.preventDefault(); callback() }
 *       target.addEventListener('interrupt', listener)
 *       return () => target.removeEventListener('interrupt', listener)
 *     }
 *
 * Remove the listener when the work is done, since a listener that stays would keep later cells from being interrupted.
 * A cell that computes without a pause is ended too, up to its first await. Between two later awaits nothing can end it, so
 * that long work should await now and then.
 */
/** @import { Interrupts } from './kernel-types.js' */

const INTERRUPT = Symbol.for('thesis.interrupt')

class Interrupted extends Error {
  constructor() {
    super('the cell was interrupted; work it had started may go on in the background')
    this.name = 'Interrupted'
    // Where the kernel happened to be tells the reader nothing.
    this.stack = `Interrupted: ${this.message}`
  }
}

/** @returns {Interrupts} */
const createInterrupts = () => {
  const target = new EventTarget()
  Reflect.set(globalThis, INTERRUPT, target)
  /** @type {{count: number, reject: (error: Interrupted) => void} | undefined} */
  let running
  return {
    async guard(promise) {
      /** @type {Promise<never>} */
      const interrupted = new Promise((_, reject) => {
        running = { count: 0, reject }
      })
      try {
        return await Promise.race([promise, interrupted])
      } finally {
        running = undefined
      }
    },
    interrupt() {
      if (!running) return
      running.count += 1
      const event = new Event('interrupt', { cancelable: running.count === 1 })
      target.dispatchEvent(event)
      if (!event.defaultPrevented) running.reject(new Interrupted())
    },
  }
}

module.exports = { Interrupted, createInterrupts }
