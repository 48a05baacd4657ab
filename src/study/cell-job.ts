import type { CellChoice, Design } from './design.js'

/** What a process of its own is told: which cell of which study it computes, and whether it only trains its network. */
export interface CellJob {
  readonly study: string
  readonly design: Design
  readonly choice: CellChoice
  readonly id: string
  readonly only: 'train' | null
}

/** What it tells. */
export type CellMessage =
  | { readonly done: number; readonly phase: 'training' | 'explaining' }
  | { readonly note: string }
  | { readonly finished: true; readonly testAccuracy: number | null }
  | { readonly interrupted: true }
  | { readonly error: string }
