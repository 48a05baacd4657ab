/** How one series looks: told apart by colour, by lightness in grey print, and by pattern, marker and dash without either. */
export interface SeriesStyle {
  /** `#rrggbb`. */
  readonly color: string
  readonly pattern: '' | '/' | '\\' | 'x' | '-' | '|' | '+' | '.'
  readonly symbol: string
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash'
}
