import { updatable } from './display.js'
import { insideKernel } from './kernel.js'
import { type BestRule, ProgressState } from './progress-state.js'
import {
  type ProgressFrame,
  progressBundle,
  progressLine,
  progressMetadata,
  type Standing,
  share,
} from './progress-view.js'
import { terminalLine } from './terminal-line.js'

export interface ProgressOptions {
  /** What is running, such as "Deep on MNIST-MAJ". */
  readonly label: string
  /** Where the run ends, in `unit`s; above `start`. */
  readonly total: number
  /** What is counted; "epochs" by default. Fractions are fine: batch 30 of 60 in the third epoch is 2.5. */
  readonly unit?: string
  /** Where the run begins, for one that was resumed; 0 by default. */
  readonly start?: number
  /** The live curve's panels by title, each with the metrics it draws: `{loss: ['training loss', 'validation loss']}`. */
  readonly metrics?: Readonly<Record<string, readonly string[]>>
  /** The metric that decides which point of the run was best. */
  readonly best?: BestRule
  /** Milliseconds since any fixed moment; the process's clock by default. */
  readonly clock?: () => number
}

/** A progress display that is being kept up to date. */
export interface Progress {
  /**
   * Moves to `done` units and adds a point to the curve of each metric in `values`; redraws a few times a second at most.
   *
   * @throws RangeError when `done` is not a finite number.
   */
  update(done: number, values?: Readonly<Record<string, number>>): void
  /** Draws the state that is saved, which holds no durations, and draws no more after it; `ended` says how it ended ("finished" by default). */
  finish(ended?: string): void
}

/** Redraws are at least this many milliseconds apart. */
const interval = 250

/**
 * Shows how far a run is, the time left, a live curve and the best point so far: in a notebook as one output that
 * is updated in place, in a terminal as one rewritten line on standard error, in a log as a few lines there.
 *
 * @throws RangeError when `total` is not above `start`.
 */
export function progressDisplay({
  label,
  total,
  unit = 'epochs',
  start = 0,
  metrics = {},
  best,
  clock = () => performance.now(),
}: ProgressOptions): Progress {
  if (!(Number.isFinite(total) && total > start)) {
    throw new RangeError(`total is ${total}: it must be a number above the start, ${start}`)
  }
  const frame: ProgressFrame = { label, total, unit, metrics }
  const state = new ProgressState(start, best)
  const draw = insideKernel() ? notebookOutput(frame, state) : terminalOutput(frame, state)
  const began = clock()
  let drawn = began
  let over = false
  draw({ secondsLeft: null })

  return {
    update(done, values = {}) {
      if (!Number.isFinite(done))
        throw new RangeError(`done is ${done}: a finite number of ${unit} is needed`)
      state.update(done, values)
      const now = clock()
      if (over || now - drawn < interval) return
      drawn = now
      const secondsPerUnit = (now - began) / 1000 / (done - start)
      draw({ secondsLeft: done > start ? secondsPerUnit * Math.max(0, total - done) : null })
    },
    finish(ended = 'finished') {
      over = true
      draw({ ended })
    },
  }
}

type Draw = (standing: Standing) => void

function notebookOutput(frame: ProgressFrame, state: ProgressState): Draw {
  const output = updatable()
  return (standing) =>
    output.update(progressBundle(frame, state, standing), progressMetadata(frame, state, standing))
}

function terminalOutput(frame: ProgressFrame, state: ProgressState): Draw {
  const line = terminalLine()
  return (standing) => {
    const text = progressLine(frame, state, standing)
    if ('ended' in standing) line.end(text)
    else line.write(text, share(frame, state))
  }
}
