import type { DatasetFile } from './dataset-files.js'

/** A place that files of a dataset can be had from. */
export interface DatasetSource {
  /** How the log and errors call it. */
  readonly name: string
  /** What a reader can do when it fails. */
  readonly advice: string
  /** The bytes of each file, plain or gzipped; they are verified by the caller. */
  read(files: readonly DatasetFile[], log: (line: string) => void): Promise<Uint8Array[]>
}
