/** A table of rows × columns, made of rows with one value each. */
export interface Pivot {
  /** The columns that name its rows, such as `['dataset', 'network']`. */
  readonly rows: string | readonly string[]
  /** The column that names its columns, such as `'method'`. */
  readonly columns: string
  /** The columns that its cells show, such as `'cosine'`; of several each has a heading above those of its columns. */
  readonly values: string | readonly string[]
}

/** The columns that hold the interval of another column. */
export type IntervalColumns =
  | {
      /** The column of lower ends. */
      readonly low: string
      /** The column of upper ends. */
      readonly high: string
      /** How it is printed: `0.930 [0.927, 0.932]`, or `0.930 ± 0.003` by the end that is further away. Default: "brackets". */
      readonly as?: 'brackets' | 'plusMinus'
    }
  | {
      /** The column of what the value may be off by, such as a standard error: printed as `0.930 ± 0.003`. */
      readonly plusMinus: string
    }

/** Which of some values is the best. */
export type Better = 'highest' | 'lowest'

/** Which values are bold. Values that print alike are ties, and all of them are. */
export interface Best {
  /** Whether the highest or the lowest value is the best: of all columns of numbers, or by column; those not named have none. */
  readonly is: Better | Readonly<Record<string, Better>>
  /**
   * Among which values: those of a column, of a row, or of the whole table; of a pivot with several values each stands for itself.
   * Default: "column".
   */
  readonly of?: 'column' | 'row' | 'table'
  /** Columns whose values make groups of rows, such as `'dataset'`: each has a best of its own. Default: all rows are one group. */
  readonly within?: string | readonly string[]
}

/** How a table is made of rows. Names of columns are those of the rows. */
export interface TableOptions {
  /** Columns to show, in this order. Default: all but those that an interval is made of. */
  readonly columns?: readonly string[]
  /** Makes a table of rows × columns, such as networks × methods. Default: a row of the table is a row. */
  readonly pivot?: Pivot
  /** Headings by column, where they differ from the column's name; of a pivot also by what its columns are of. */
  readonly headings?: Readonly<Record<string, string>>
  /** Digits behind the point, for all columns of numbers or by column. Default: by the size of a column's numbers. */
  readonly digits?: number | Readonly<Record<string, number>>
  /** By column of numbers, the columns that hold its interval. */
  readonly intervals?: Readonly<Record<string, IntervalColumns>>
  /** Which values are bold; a word means those of each column. Default: none. */
  readonly best?: Better | Best
  /** Columns whose text is printed only where it changes. Default: of a pivot all that name its rows but the last, else none. */
  readonly groups?: string | readonly string[]
  /**
   * Commas between thousands, as in 1,000: in all columns of numbers, in none, or in those named; never in CSV. Default: in all but
   * columns called year, seed, id or index, whose numbers are names.
   */
  readonly thousands?: boolean | readonly string[]
  /** A sentence that says what the table shows. */
  readonly caption?: string
}
