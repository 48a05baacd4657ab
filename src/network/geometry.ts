/** The shape of the problem: images of `rows` × `steps·stepColumns` pixels, read `stepColumns` at a time, and `classes` logits. */
export interface Geometry {
  readonly rows: number
  readonly stepColumns: number
  readonly steps: number
  readonly classes: number
  /** Which end of a sequence is read first. Default: leftToRight. */
  readonly scan?: Scan
}

/** The order in which the steps of a sequence are read; what is shown stays as it is. */
export type Scan = 'leftToRight' | 'rightToLeft'

/** The thesis's MNIST-MAJ: 28×84 pixels in 12 steps of 28×7, 10 classes. */
export const THESIS_GEOMETRY: Geometry = { rows: 28, stepColumns: 7, steps: 12, classes: 10 }

/** The number of neurons of each layer by name. */
export type Units = Readonly<Record<string, number>>

/** Throws a RangeError naming the size of a geometry that is not a whole number ≥ 1, or a scan that there is not. */
export function checkGeometry({ scan, ...sizes }: Geometry): void {
  checkSizes('geometry', ['rows', 'stepColumns', 'steps', 'classes'], { ...sizes })
  if (scan !== undefined && scan !== 'leftToRight' && scan !== 'rightToLeft')
    throw new RangeError(`geometry.scan is '${scan}'; allowed are leftToRight and rightToLeft`)
}

/** Throws a RangeError naming the first size that is not a whole number ≥ 1, or that is not among the wanted ones. */
export function checkSizes(
  what: string,
  wanted: readonly string[],
  sizes: Readonly<Record<string, number>>,
): void {
  const unknown = Object.keys(sizes).find((name) => !wanted.includes(name))
  if (unknown !== undefined)
    throw new RangeError(`${what}.${unknown} is unknown; there are ${wanted.join(', ')}`)
  for (const name of wanted) {
    const size = sizes[name]
    if (size === undefined || !Number.isInteger(size) || size < 1)
      throw new RangeError(`${what}.${name} is ${size}; it must be a whole number of at least 1`)
  }
}
