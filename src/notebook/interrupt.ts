import { displayWriter } from './kernel.js'

/**
 * Name of the EventTarget on `globalThis` on which the project's kernel dispatches 'interrupt'. The global symbol
 * registry is what the kernel's modules and a cell's modules share.
 */
const interruptTarget = Symbol.for('thesis.interrupt')

/** The signal that was handed out last, and the cell that asked for it: the kernel makes a writer for each cell. */
let current: { readonly controller: AbortController; readonly cell: unknown } | null = null
let listening = false

/**
 * A signal that aborts when the reader interrupts the cell that asked for it, or at Ctrl-C outside a kernel.
 *
 * Code that takes it promises to stop soon: the kernel then lets the cell end by itself, so that
 * `const history = await train({ signal: interruptSignal() })` keeps what was trained. A second interrupt ends the
 * cell, and a second Ctrl-C the program. After an interrupt the next call gives a fresh signal.
 */
export function interruptSignal(): AbortSignal {
  const cell = displayWriter()
  if (current?.cell !== cell || current.controller.signal.aborted) {
    current = { controller: new AbortController(), cell }
    listen()
  }
  return current.controller.signal
}

function listen(): void {
  if (listening) return
  listening = true
  const target: unknown = Reflect.get(globalThis, interruptTarget)
  if (target instanceof EventTarget) target.addEventListener('interrupt', onInterrupt)
  else process.once('SIGINT', onCtrlC)
}

function onInterrupt(event: Event): void {
  // A run of an earlier cell is over, or its reader has moved on: then the running cell is not ours to keep alive.
  if (current?.cell !== displayWriter()) return
  if (!current.controller.signal.aborted) event.preventDefault()
  current.controller.abort()
}

function onCtrlC(): void {
  listening = false
  current?.controller.abort()
}
