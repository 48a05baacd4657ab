import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

const key = Symbol.for('thesis.interrupt')

/** The module as a kernel or program loads it: afresh. */
async function load(): Promise<typeof import('../../src/notebook/interrupt.js')> {
  vi.resetModules()
  return import('../../src/notebook/interrupt.js')
}

describe('with the kernel’s interrupt target', () => {
  let kernel: FakeKernel
  let target: EventTarget
  beforeEach(() => {
    kernel = startFakeKernel()
    target = new EventTarget()
    Reflect.set(globalThis, key, target)
  })
  afterEach(() => {
    Reflect.deleteProperty(globalThis, key)
    kernel.stop()
  })
  /** Interrupts as the kernel does; whether the kernel should wait for the cell to end by itself. */
  const interrupt = () => !target.dispatchEvent(new Event('interrupt', { cancelable: true }))

  it('an interrupt aborts the signal and makes the kernel wait; the next signal is fresh', async () => {
    const { interruptSignal } = await load()
    const first = interruptSignal()
    expect(first.aborted).toBe(false)
    expect(interrupt()).toBe(true)
    expect(first.aborted).toBe(true)
    const second = interruptSignal()
    expect(second.aborted).toBe(false)
    expect(interrupt()).toBe(true)
    expect(second.aborted).toBe(true)
  })

  it('a second interrupt of the same run does not make the kernel wait', async () => {
    const { interruptSignal } = await load()
    interruptSignal()
    expect(interrupt()).toBe(true)
    expect(interrupt()).toBe(false)
  })

  it('a run that ended does not keep a later cell from being interrupted', async () => {
    const { interruptSignal } = await load()
    const ended = interruptSignal()
    kernel.nextCell()
    expect(interrupt()).toBe(false)
    expect(ended.aborted).toBe(false)
  })

  it('a later cell gets a signal of its own', async () => {
    const { interruptSignal } = await load()
    const earlier = interruptSignal()
    kernel.nextCell()
    const later = interruptSignal()
    expect(interruptSignal()).toBe(later)
    expect(interrupt()).toBe(true)
    expect([earlier.aborted, later.aborted]).toEqual([false, true])
  })

  it('many runs listen once', async () => {
    const { interruptSignal } = await load()
    const listen = vi.spyOn(target, 'addEventListener')
    const before = process.listenerCount('SIGINT')
    for (let cell = 0; cell < 50; cell++) {
      kernel.nextCell()
      interruptSignal()
    }
    expect(listen).toHaveBeenCalledTimes(1)
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})

describe('without a kernel', () => {
  it('Ctrl-C aborts the signal once and after that ends the program as usual', async () => {
    const { interruptSignal } = await load()
    const before = process.listenerCount('SIGINT')
    const signal = interruptSignal()
    expect(interruptSignal()).toBe(signal)
    expect(process.listenerCount('SIGINT')).toBe(before + 1)
    process.emit('SIGINT')
    expect(signal.aborted).toBe(true)
    expect(process.listenerCount('SIGINT')).toBe(before)
    expect(interruptSignal().aborted).toBe(false)
    process.emit('SIGINT')
    expect(process.listenerCount('SIGINT')).toBe(before)
  })
})
