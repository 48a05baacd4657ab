/** A checkpoint that was read, and the seed that it was trained with. */
export interface ReadCheckpoint {
  readonly name: string
  readonly seed?: number
}

const read = new Map<string, ReadCheckpoint>()

/** Keeps that this process read a checkpoint, for what it exports to say. */
export function rememberCheckpoint(checkpoint: ReadCheckpoint): void {
  read.set(checkpoint.name, checkpoint)
}

/** The checkpoints that this process has read so far, by name. */
export const readCheckpoints = (): ReadCheckpoint[] =>
  [...read.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
