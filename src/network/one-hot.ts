/**
 * Classes `[batch]` as rows of zeros with a one, `[batch, classes]`.
 *
 * @throws RangeError naming a label that is not in 0 to classes − 1
 */
export function oneHot(labels: Int32Array, classes: number): Float32Array {
  const wrong = labels.find((label) => label < 0 || label >= classes)
  if (wrong !== undefined)
    throw new RangeError(`label ${wrong} is not a class; classes are 0 to ${classes - 1}`)
  const rows = new Float32Array(labels.length * classes)
  for (const [row, label] of labels.entries()) rows[row * classes + label] = 1
  return rows
}
