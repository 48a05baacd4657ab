import type { MajorityProblem, Scan } from './majority-problem.js'

/** What a network must know of sequences: `rows` × `steps·stepColumns` pixels, read `stepColumns` at a time, and `classes` logits. */
export interface SequenceGeometry {
  readonly rows: number
  readonly stepColumns: number
  readonly steps: number
  readonly classes: number
  /** Given where the right end is read first. */
  readonly scan?: Scan
}

/**
 * The geometry of a problem on images of `rows` × `columns` pixels, such as a dataset's.
 *
 * @example
 * const geometry = geometryOf(THESIS_PROBLEM, { rows: 28, columns: 28 })
 * geometry.steps // 12
 */
export const geometryOf = (
  problem: Pick<MajorityProblem, 'items' | 'stepColumns' | 'classes'> & { readonly scan?: Scan },
  { rows, columns }: { readonly rows: number; readonly columns: number },
): SequenceGeometry => ({
  rows,
  stepColumns: problem.stepColumns,
  steps: (problem.items * columns) / problem.stepColumns,
  classes: problem.classes,
  ...(problem.scan === 'rightToLeft' ? { scan: problem.scan } : {}),
})
