/** A kind of file that the project reads, and how it does. */
export interface Subject {
  /** What it is called in the table. */
  readonly kind: string
  /**
   * Whether the files hold a checksum of what they say, so that another value must be refused. Files without one, such as those of other programs or
   * those that people write, may be read as another, valid file; `read` then has to tell them apart.
   */
  readonly isSealed: boolean
  /** Whether files are code or the words of a user, whose own errors are told as they are. */
  readonly isCode?: boolean
  /** What else than the names of its files an error may name. */
  readonly names?: readonly string[]
  /** Files that reading makes where they are missing. */
  readonly mayMake?: readonly string[]
  /** Writes whole files into an empty folder; two variants with files of the same names. */
  make(folder: string, variant: 0 | 1): Promise<void> | void
  /**
   * Reads them as the project does.
   *
   * @returns all that matters of what was read, as a text; null where it is thrown away and made anew
   */
  read(folder: string): Promise<string | null> | string | null
}
