/** A table of words and numbers, whose first column names the lines. */
export interface TableData {
  readonly caption: string
  readonly head: readonly string[]
  readonly lines: readonly (readonly string[])[]
}

/** The numbers behind a picture, as a table. */
export function Table({ caption, head, lines }: TableData) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    // biome-ignore lint/a11y/useSemanticElements: it is no set of fields, and no landmark
    <div class="table-frame" role="group" tabIndex={0} aria-label={caption}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((cells) => (
            <tr key={cells.join()}>
              {cells.map((cell, column) =>
                column === 0 ? (
                  <th key={head[column]} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={head[column]}>{cell}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The same, folded up. */
export function Numbers({ summary, ...table }: TableData & { readonly summary: string }) {
  return (
    <details class="numbers">
      <summary>{summary}</summary>
      <Table {...table} />
    </details>
  )
}
