import type { LabelledImages } from './labelled-images.js'

/** The chosen images of each class 0 … classes − 1, by index, in the order given. */
export function groupByClass(images: LabelledImages, which: Int32Array, classes: number): Int32Array[] {
  const groups: number[][] = Array.from({ length: classes }, () => [])
  for (const image of which) groups[images.labels[image]!]?.push(image)
  return groups.map((group) => Int32Array.from(group))
}
