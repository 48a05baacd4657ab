import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { type Computation, NotTraceable, runCompiled } from '../network/execution.js'
import { identityOf } from '../network/identity.js'
import { logitsRepeated } from '../network/logits.js'
import type { Forward, Parameters } from '../network/operations.js'
import { inputsOf, parameterShapes } from '../network/parameters.js'
import { partsOf, rowsOfPart } from '../network/parts.js'
import { type BackwardWalk, type Walked, walkBack } from './backward-walk.js'
import { type Chosen, chosenBy, isOwn } from './chosen.js'
import { type Asked, type Passes, plainPasses } from './passes.js'
import type { Entry } from './recorder.js'

/** What changes from one walk to the next. */
interface Given {
  readonly w: Parameters
  readonly x: Tensor3D
  readonly chosen: Chosen
}

/** The walks of earlier explanations: one that is there again is worth a graph, one that an explanation makes for itself is not. */
const seen = new WeakSet<BackwardWalk>()

/** The walks that cannot be compiled for a network, because they or it read values of tensors. */
const uncompilable = new WeakMap<Forward, WeakSet<BackwardWalk>>()

/**
 * Passes for one of many batches of a shape: each walk is a graph of its own, so that methods share graphs of the walks they share, and
 * a method that walks often needs one.
 *
 * A walk is compiled from the second batch on, by the object that it is. `finish` tells that a batch is over.
 */
export function compiledPasses(asked: Asked): Passes & { finish(): void } {
  const plain = plainPasses(asked)
  const { forward, w } = asked
  const met = new Set<BackwardWalk>()
  return {
    logits: (at) => logitsRepeated(forward, w, at),
    walk(walk, at, chosen, record) {
      met.add(walk)
      if (!seen.has(walk) || uncompilable.get(forward)?.has(walk)) return plain.walk(walk, at, chosen, record)
      try {
        return walkCompiled(asked, walk, at, chosen, record)
      } catch (error) {
        if (!(error instanceof NotTraceable)) throw error
        const known = uncompilable.get(forward) ?? new WeakSet()
        uncompilable.set(forward, known.add(walk))
        return plain.walk(walk, at, chosen, record)
      }
    },
    finish() {
      for (const walk of met) seen.add(walk)
    },
  }
}

function walkCompiled(
  asked: Asked,
  walk: BackwardWalk,
  x: Tensor3D,
  chosen: Chosen,
  record: boolean,
): Walked {
  const { forward, w, range, evidence } = asked
  const own = isOwn(chosen) ? chosen : null
  const key = JSON.stringify([identityOf(walk), x.shape, range, record, own, evidence, parameterShapes(w)])
  const { staying, about } = runCompiled(
    forward,
    key,
    { w, x, chosen },
    computation(asked, walk, x, chosen, record),
  )
  const [relevance, logits, ...tensors] = staying
  const recorder = record ? { entries: about, tensors, dispose: () => tf.dispose(tensors) } : null
  return { relevance: relevance as Tensor3D, logits: logits as Tensor2D, recorder }
}

/** A walk as a computation: relevance, logits, and what was recorded. */
function computation(
  { forward, w, range, evidence }: Asked,
  walk: BackwardWalk,
  { shape }: Tensor3D,
  chosen: Chosen,
  record: boolean,
): Computation<Given, readonly Entry[]> {
  // A recording tells sequences apart by their rows among all steps, which parts would mix.
  const parts = record ? 1 : partsOf(shape[0])
  return (input) => {
    const parameters = inputsOf(w, (shape, name) => input(shape, ({ w }) => w[name]!))
    const sequences = input(shape, ({ x }) => x) as Tensor3D
    const starts: Tensor2D[] = []
    const target = (part: number) => (logits: Tensor2D) => {
      if (isOwn(chosen)) return chosenBy(chosen, logits)
      const classes = logits.shape[1]
      // Kept, because it is made for the first part and used by all of them.
      if (starts.length === 0)
        starts.push(tf.keep(input([shape[0], classes], ({ chosen }) => rowsOf(chosen, classes)) as Tensor2D))
      return rowsOfPart(starts[0]!, part, parts)
    }
    try {
      const results = Array.from({ length: parts }, (_, part) =>
        walkBack(
          walk,
          forward,
          { w: parameters, x: rowsOfPart(sequences, part, parts), range, record },
          { evidence, target: target(part) },
        ),
      )
      const [{ recorder }] = results as [Walked]
      const recorded = recorder?.tensors.map((tensor) => tf.clone(tensor)) ?? []
      recorder?.dispose()
      const whole = (tensors: Tensor[]) => (parts === 1 ? tensors[0]! : tf.concat(tensors, 0))
      return {
        outputs: [],
        staying: [
          whole(results.map(({ relevance }) => relevance)),
          whole(results.map(({ logits }) => logits)),
          ...recorded,
        ],
        about: recorder?.entries ?? [],
      }
    } finally {
      tf.dispose(starts)
    }
  }
}

/** One-hot rows that do not follow from the logits. */
function rowsOf(chosen: Chosen, classes: number): Float32Array | Tensor2D {
  if (isOwn(chosen)) throw new Error(`the ${chosen} follows from the logits`)
  return typeof chosen === 'function' ? chosen(classes) : chosen
}
