/** How pixels are to be read. */
export interface PixelReading {
  /** The values of background and of full ink, such as `[0, 1]`. Default: `[0, 255]` for bytes; other numbers need it. */
  readonly range?: readonly [low: number, high: number]
  /** Whether ink is dark on a bright background, so that pixels are to be turned round. Default: false. */
  readonly invert?: boolean
}

/**
 * Pixels as bytes, a copy: 0 for background to 255 for full ink, rounded to the nearest.
 *
 * @param what the name that errors carry, such as `train.pixels`
 * @throws RangeError when numbers that are not bytes come without a range, or a pixel lies out of it
 */
export function imageBytes(
  values: ArrayLike<number>,
  what: string,
  { range, invert = false }: PixelReading = {},
): Uint8Array {
  if (range === undefined && !isBytes(values))
    throw new RangeError(`${what} are not bytes: say what they range over, range: [0, 1] or [0, 255]`)
  const [low, high] = checkRange(range ?? [0, 255], what)
  const bytes = new Uint8Array(values.length)
  const scale = 255 / (high - low)
  for (let i = 0; i < bytes.length; i++) {
    const value = values[i]
    if (typeof value !== 'number' || !(value >= low && value <= high))
      throw new RangeError(`${what}[${i}] is ${value}; allowed are numbers from ${low} to ${high}`)
    const byte = Math.round((value - low) * scale)
    bytes[i] = invert ? 255 - byte : byte
  }
  return bytes
}

/**
 * Labels as bytes, a copy.
 *
 * @param what the name that errors carry, such as `train.labels`
 * @throws RangeError naming the first label that is not a whole number from 0 to classes − 1
 */
export function labelBytes(labels: ArrayLike<number>, classes: number, what: string): Uint8Array {
  const bytes = new Uint8Array(labels.length)
  for (let i = 0; i < bytes.length; i++) {
    const label = labels[i]!
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw new RangeError(
        `${what}[${i}] is ${label}; allowed are whole numbers from 0 to ${classes - 1}, as ${classes} classes are named`,
      )
    bytes[i] = label
  }
  return bytes
}

// Not instanceof, which an array from another realm, such as a notebook's cell, does not pass.
const isBytes = (values: unknown): boolean =>
  ['[object Uint8Array]', '[object Uint8ClampedArray]'].includes(Object.prototype.toString.call(values))

function checkRange(range: readonly number[], what: string): readonly [number, number] {
  const [low, high] = range
  if (range.length === 2 && Number.isFinite(low) && Number.isFinite(high) && low! < high!)
    return [low!, high!]
  throw new RangeError(
    `${what}: range is ${JSON.stringify(range)}; allowed is [low, high] with low < high, such as [0, 1]`,
  )
}
