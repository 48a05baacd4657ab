/** Work that is killed at random instants and started again. */
export interface Scenario {
  /** What it is called in the table. */
  readonly kind: string
  /** Of 100 kills, how many are its. */
  readonly share: number
  /** What Node is started with. */
  argv(): Promise<readonly string[]>
  /** What a run says when its work begins; kills come after it, and some before. */
  readonly begins: RegExp
  /** The files whose bytes must be those of a run that nobody disturbed: what of their content counts, or null for those that do not. */
  content(file: string, bytes: Buffer): string | Buffer | null
  /** Writes what the work needs into an empty folder, its working folder. */
  make(folder: string): void
}
