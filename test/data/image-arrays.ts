import { type ArraysDataset, datasetFromArrays } from '../../src/data/dataset-from-arrays.js'

/** Three classes of bright lines in images of 5×9, two of each to train on and one to test on. */
export const lines: ArraysDataset = {
  id: 'lines',
  title: 'Lines',
  classes: ['above', 'middle', 'below'],
  train: { rows: 5, columns: 9, labels: [0, 1, 2, 0, 1, 2], pixels: pixelsOf([0, 1, 2, 0, 1, 2]) },
  test: { rows: 5, columns: 9, labels: [2, 1, 0], pixels: pixelsOf([2, 1, 0]) },
}

export const linesDataset = (changes: Partial<ArraysDataset> = {}) =>
  datasetFromArrays({ ...lines, ...changes })

function pixelsOf(labels: readonly number[]): Uint8Array {
  return Uint8Array.from({ length: labels.length * 45 }, (_, i) => {
    const [image, row] = [Math.floor(i / 45), Math.floor(i / 9) % 5]
    return row === 2 * labels[image]! ? 255 - image : 0
  })
}
