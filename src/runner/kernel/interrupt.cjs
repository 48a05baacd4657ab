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
 * A cell that computes without a pause, before or after an await, is cut off where it is by io-thread.cjs; what it holds is
 * as it was at that moment.
 */
/**
 * @import { Interrupts, RunningCell } from './kernel-types.js'
 * @typedef {{async_hook_fields: Uint32Array, constants: {kCheck: number}, clearAsyncIdStack(): void}} AsyncWrap
 */

// Node keeps count of callbacks that call each other, and ends the process when the count is wrong; code that was cut off leaves it
// wrong. Nothing public says that this was meant.
/** @type {AsyncWrap | undefined} */
const asyncWrap = (() => {
  const { noDeprecation } = process
  process.noDeprecation = true
  try {
    const binding = /** @type {{binding(name: string): AsyncWrap}} */ (
      /** @type {unknown} */ (process)
    ).binding('async_wrap')
    binding.async_hook_fields[binding.constants.kCheck] = 0
    return binding
  } catch {
    return undefined
  } finally {
    process.noDeprecation = noDeprecation === true
  }
})()

const INTERRUPT = Symbol.for('thesis.interrupt')

class Interrupted extends Error {
  constructor() {
    super('the cell was interrupted; work it had started may go on in the background')
    this.name = 'Interrupted'
    // Where the kernel happened to be tells the reader nothing.
    this.stack = `Interrupted: ${this.message}`
  }
}

/** An EventTarget that knows how many listen for interrupts: work that ends by itself is given time. */
class InterruptTarget extends EventTarget {
  /** @type {Set<unknown>} */
  #listeners = new Set()
  /** @type {(count: number) => void} */
  onListeners = () => {}

  /**
   * @override
   * @param {Parameters<EventTarget['addEventListener']>} request
   */
  addEventListener(...request) {
    super.addEventListener(...request)
    const [type, listener, options] = request
    const isOnce = typeof options === 'object' && options?.once === true
    if (type === 'interrupt' && listener && !isOnce) this.#listeners.add(listener)
    this.onListeners(this.#listeners.size)
  }

  /**
   * @override
   * @param {Parameters<EventTarget['removeEventListener']>} request
   */
  removeEventListener(...request) {
    super.removeEventListener(...request)
    this.#listeners.delete(request[1])
    this.onListeners(this.#listeners.size)
  }
}

/** @returns {Interrupts} */
const createInterrupts = () => {
  const target = new InterruptTarget()
  Reflect.set(globalThis, INTERRUPT, target)
  /** @type {RunningCell | undefined} */
  let running
  return {
    guard(start) {
      return new Promise((resolve, reject) => {
        const own = { count: 0, reject }
        running = own
        const end = () => {
          if (running === own) running = undefined
        }
        own.reject = (error) => {
          end()
          reject(error)
        }
        // In a turn of its own: when that is cut off, nothing of the kernel is cut off with it.
        setImmediate(() => {
          Promise.resolve()
            .then(start)
            .then(
              (value) => {
                end()
                resolve(value)
              },
              (error) => own.reject(error),
            )
        })
      })
    },
    running: () => running,
    interrupt(cell, wasCutOff) {
      if (wasCutOff) asyncWrap?.clearAsyncIdStack()
      if (!cell || cell !== running) return
      cell.count += 1
      const event = new Event('interrupt', { cancelable: cell.count === 1 && !wasCutOff })
      target.dispatchEvent(event)
      if (!event.defaultPrevented) cell.reject(new Interrupted())
    },
    fail(error) {
      running?.reject(error)
    },
    onListeners(callback) {
      target.onListeners = callback
    },
  }
}

module.exports = { Interrupted, createInterrupts }
