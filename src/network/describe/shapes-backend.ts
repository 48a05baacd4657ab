import type { NamedAttrMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'

/** What is told of every tensor that is not made by the algebra, and asked where it is used. */
export interface ShapesListener {
  /** A constant with its values. */
  constant(data: object, shape: readonly number[], values: ArrayLike<number>): void
  /** Data that were moved, one call per output. */
  moved(
    kernel: string,
    from: readonly TensorInfo[],
    to: object,
    shape: readonly number[],
    attributes: unknown,
  ): void
}

const NAME = 'shapes'
const state: { listener: ShapesListener | null } = { listener: null }

/** A backend whose tensors have shapes and no values. */
class ShapesBackend extends tf.KernelBackend {
  private readonly shapes = new WeakMap<object, readonly number[]>()

  override write(values: tf.BackendValues | null, shape: number[]): object {
    const data = {}
    this.shapes.set(data, shape)
    if (values !== null) state.listener?.constant(data, shape, values as ArrayLike<number>)
    return data
  }
  override incRef(): void {}
  override refCount(): number {
    return 1
  }
  override disposeData(): boolean {
    return true
  }
  override numDataIds(): number {
    return 0
  }
  override memory(): { unreliable: boolean } {
    return { unreliable: true }
  }
  override floatPrecision(): 32 {
    return 32
  }
  override readSync(): never {
    throw new Error('it reads the values of a tensor, which a description on shapes alone does not have')
  }
  override read(): never {
    throw new Error('it reads the values of a tensor, which a description on shapes alone does not have')
  }
}

type Kernel = (inputs: readonly TensorInfo[], attributes: NamedAttrMap) => number[][]

const one = (shape: readonly number[]): number[][] => [[...shape]]

/** The shapes that each movement of data gives. */
const movements: Readonly<Record<string, Kernel>> = {
  [tf.Identity]: ([x]) => one(x!.shape),
  [tf.Reverse]: ([x]) => one(x!.shape),
  [tf.Reshape]: ([x], { shape }) =>
    one(tf.util.inferFromImplicitShape(shape as number[], tf.util.sizeFromShape(x!.shape))),
  [tf.Transpose]: ([x], { perm }) => one((perm as number[]).map((axis) => x!.shape[axis]!)),
  [tf.SplitV]: ([x], { numOrSizeSplits, axis }) => {
    const along = tf.util.parseAxisParam(axis as number, x!.shape)[0]!
    const parts = numOrSizeSplits as number | number[]
    // A copy, since it writes what is left in place of −1.
    const sizes = tf.backend_util.prepareSplitSize(x!, Array.isArray(parts) ? [...parts] : parts, along)
    return sizes.map((size) => x!.shape.map((length, k) => (k === along ? size : length)))
  },
  [tf.Concat]: (parts, { axis }) => {
    const shapes = parts.map(({ shape }) => shape)
    const along = tf.util.parseAxisParam(axis as number, shapes[0]!)[0]!
    tf.backend_util.assertParamsConsistent(shapes, along)
    return one(tf.backend_util.computeOutShape(shapes, along))
  },
}

const setUp: { backend: ShapesBackend | null } = { backend: null }

function shapesBackend(): ShapesBackend {
  if (setUp.backend === null) {
    const backend = new ShapesBackend()
    for (const [kernelName, shapesOf] of Object.entries(movements)) {
      tf.registerKernel({
        kernelName,
        backendName: NAME,
        kernelFunc: ({ inputs, attrs }) => {
          const from = Object.values(inputs) as TensorInfo[]
          const results = shapesOf(from, attrs ?? {}).map((shape, output): TensorInfo => {
            const dataId = backend.write(null, shape)
            state.listener?.moved(kernelName, from, dataId, shape, [attributesOf(attrs ?? {}), output])
            return { dataId, shape, dtype: 'float32' }
          })
          return results.length === 1 && kernelName !== tf.SplitV ? results[0]! : results
        },
      })
    }
    setUp.backend = backend
  }
  return setUp.backend
}

/** The attributes that decide what a movement does, apart from the shape, which is known. */
const attributesOf = ({ shape: _, ...others }: NamedAttrMap): unknown => others

/** The part of TensorFlow.js's engine that says which backend computes. */
interface BackendInUse {
  backendName: string | undefined
  backendInstance: tf.KernelBackend | null
}

/** Refuses a function that changed an array of `tf.split`, whose order the gradient needs still. */
function onTape<Result>(compute: () => Result): Result {
  const { state } = tf.engine()
  if (state.gradientDepth > 0) return compute()
  const tape: NonNullable<typeof state.activeTape> = []
  state.activeTape = tape
  state.gradientDepth = 1
  try {
    const result = compute()
    for (const { kernelName, outputs } of tape) {
      const isKept = outputs.every(({ id }, i) => i === 0 || id > outputs[i - 1]!.id)
      if (kernelName === tf.SplitV && !isKept)
        throw new Error(
          'it changes the order of the array that tf.split returned, which its gradient needs still; change a copy, such as [...parts].reverse()',
        )
    }
    return result
  } finally {
    state.gradientDepth = 0
    state.activeTape = []
    tf.dispose(tape.map(({ saved }) => saved ?? []))
  }
}

/**
 * Runs a function whose tensors have shapes only, whatever backend is in use and also before there is one.
 *
 * @param compute gets a function that makes a tensor of a shape, and what is to be known of it as its data
 * @throws Error naming the operation where it computes with anything but movements of data
 */
export function onShapes<Result>(
  listener: ShapesListener,
  compute: (tensor: (shape: readonly number[]) => Tensor) => Result,
): Result {
  const backend = shapesBackend()
  const engine = tf.engine() as unknown as BackendInUse
  const { backendName, backendInstance } = engine
  const { listener: before } = state
  const results: Result[] = []
  engine.backendName = NAME
  engine.backendInstance = backend
  state.listener = listener
  try {
    tf.tidy(() => {
      results.push(
        onTape(() =>
          compute((shape) =>
            tf.engine().makeTensorFromDataId(backend.write(null, [...shape]), [...shape], 'float32', backend),
          ),
        ),
      )
    })
    return results[0]!
  } catch (error) {
    const raw =
      error instanceof Error ? /Kernel '(\w+)' not registered for backend 'shapes'/.exec(error.message) : null
    if (raw === null) throw error
    throw new Error(
      `it computes with TensorFlow.js's ${raw[1]}; a network may use the operations that it is given, and move data by reshape, transpose, split, concat and reverse`,
    )
  } finally {
    state.listener = before
    engine.backendName = backendName
    engine.backendInstance = backendInstance
  }
}
