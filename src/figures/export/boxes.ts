/** A rectangle as [left, top, right, bottom]; null is the empty one. */
export type Box = readonly [number, number, number, number] | null

/** An affine map (x, y) → (a·x + c·y + e, b·x + d·y + f), in the order of SVG's matrix(). */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number]

export const IDENTITY: Matrix = [1, 0, 0, 1, 0, 0]

/** The smallest box around two. */
export function union(first: Box, second: Box): Box {
  if (!first) return second
  if (!second) return first
  return [
    Math.min(first[0], second[0]),
    Math.min(first[1], second[1]),
    Math.max(first[2], second[2]),
    Math.max(first[3], second[3]),
  ]
}

/** The smallest upright box around the image of a box. */
export function transformed(box: Box, [a, b, c, d, e, f]: Matrix): Box {
  if (!box) return null
  const [left, top, right, bottom] = box
  const corners: readonly (readonly [number, number])[] = [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ]
  return corners
    .map(([x, y]): readonly [number, number] => [a * x + c * y + e, b * x + d * y + f])
    .reduce<Box>((box, [x, y]) => union(box, [x, y, x, y]), null)
}

function multiply(m: Matrix, n: Matrix): Matrix {
  return [
    m[0] * n[0] + m[2] * n[1],
    m[1] * n[0] + m[3] * n[1],
    m[0] * n[2] + m[2] * n[3],
    m[1] * n[2] + m[3] * n[3],
    m[0] * n[4] + m[2] * n[5] + m[4],
    m[1] * n[4] + m[3] * n[5] + m[5],
  ]
}

/** The matrix of an SVG transform attribute made of translate, scale, rotate and matrix. */
export function parseTransform(transform: string | null): Matrix {
  let result = IDENTITY
  for (const [, name, list] of (transform ?? '').matchAll(/(\w+)\s*\(([^)]*)\)/g)) {
    const values = list!
      .split(/[\s,]+/)
      .filter(Boolean)
      .map(Number)
    result = multiply(result, step(name!, values))
  }
  return result
}

function step(name: string, values: readonly number[]): Matrix {
  const [first = 0, second, third = 0, fourth = 0, fifth = 0, sixth = 0] = values
  if (name === 'translate') return [1, 0, 0, 1, first, second ?? 0]
  if (name === 'scale') return [first, 0, 0, second ?? first, 0, 0]
  if (name === 'matrix') return [first, second ?? 0, third, fourth, fifth, sixth]
  if (name === 'rotate') {
    const angle = (first * Math.PI) / 180
    const [x, y] = [second ?? 0, third]
    const turn: Matrix = [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle), 0, 0]
    return multiply(multiply([1, 0, 0, 1, x, y], turn), [1, 0, 0, 1, -x, -y])
  }
  throw new Error(`The SVG transform "${name}" is not one of translate, scale, rotate, matrix`)
}
