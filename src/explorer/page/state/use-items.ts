import { useRef } from 'preact/hooks'
import type { View } from '../context.js'
import type { Item } from './items.js'
import type { State } from './state.js'

type Drawn = Pick<State, 'items' | 'sequence'>

const MOST = 60

/** Changes of the drawing that can be undone. */
export interface Drawing {
  /** What stands before a stroke is kept once, however often it moves. */
  begin(): void
  /** Changes the items within a stroke. */
  go(items: readonly Item[]): void
  /** Changes the items at once. */
  put(items: readonly Item[], sequence?: number | null): void
  undo(): void
  readonly canUndo: boolean
}

/** The drawing of a view, with its past. */
export function useItems({ state, change }: View): Drawing {
  const past = useRef<Drawn[]>([])
  const now = useRef<Drawn>(state)
  now.current = { items: state.items, sequence: state.sequence }
  const keep = () => {
    past.current = [...past.current.slice(1 - MOST), now.current]
  }
  const set = (drawn: Drawn) => {
    now.current = drawn
    change(drawn)
  }
  return {
    begin: keep,
    go: (items) => set({ items, sequence: null }),
    put(items, sequence = null) {
      keep()
      set({ items, sequence })
    },
    undo() {
      const before = past.current.pop()
      if (before !== undefined) set(before)
    },
    canUndo: past.current.length > 0,
  }
}
