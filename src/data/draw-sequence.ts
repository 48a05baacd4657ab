import { type RandomStream, shuffle, uniformInt } from './random.js'

const REMEDY = 'More images, a smaller majority or another seed may help'

/**
 * Fills `sequence` with the anchor, majority − 1 others of its class and images of other classes, shuffled; all differ
 * and no other class reaches the majority's number.
 *
 * @param byClass the images to draw from, per class; the anchor is one of them
 * @param sequence `[items]`, written
 * @throws if there are too few images to draw from
 */
export function drawSequence(
  stream: RandomStream,
  byClass: readonly Int32Array[],
  anchor: number,
  label: number,
  majority: number,
  sequence: Int32Array,
): void {
  const same = byClass[label]!
  if (same.length < majority) {
    throw new RangeError(
      `A majority of ${majority} needs ${majority} images of class ${label}; the split has ${same.length}. ${REMEDY}`,
    )
  }
  sequence[0] = anchor
  for (let k = 1; k < majority; k++) sequence[k] = drawOther(stream, same, sequence.subarray(0, k))
  drawMinority(stream, byClass, label, majority, sequence.subarray(majority))
  shuffle(stream, sequence)
}

function drawMinority(
  stream: RandomStream,
  byClass: readonly Int32Array[],
  label: number,
  majority: number,
  minority: Int32Array,
): void {
  const taken: number[][] = byClass.map(() => [])
  for (let k = 0; k < minority.length; k++) {
    // A class counts with the images it has left, or not at all once one more would make it tie with the majority.
    const left = byClass.map((group, c) =>
      c === label || taken[c]!.length === majority - 1 ? 0 : group.length - taken[c]!.length,
    )
    const total = left.reduce((sum, number) => sum + number, 0)
    if (total === 0) {
      throw new RangeError(
        `The split has too few images of classes other than ${label} for ${minority.length} items beside a majority of ${majority}. ${REMEDY}`,
      )
    }
    let draw = uniformInt(stream, 0, total - 1)
    let chosen = 0
    while (draw >= left[chosen]!) draw -= left[chosen++]!
    minority[k] = drawOther(stream, byClass[chosen]!, taken[chosen]!)
    taken[chosen]!.push(minority[k]!)
  }
}

/** A uniform draw from the images of a group that are not among the few already taken. */
function drawOther(stream: RandomStream, group: Int32Array, taken: ArrayLike<number>): number {
  for (;;) {
    const image = group[uniformInt(stream, 0, group.length - 1)]!
    if (!Array.prototype.includes.call(taken, image)) return image
  }
}
