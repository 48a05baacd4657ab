/** How one series looks: told apart by colour, by lightness in grey print, and by hatch, marker and dash without either. */
export interface SeriesStyle {
  /** `#rrggbb`. */
  readonly color: string
  /** The hatch of bars. */
  readonly pattern: '' | '/' | '\\' | 'x' | '-' | '|' | '+' | '.'
  /** Distance of the hatch's lines or dots in CSS pixels. Default: 4. */
  readonly patternSize?: number
  /** How much of a bar the hatch covers, from 0 to 1. Default: 0.18. */
  readonly patternSolidity?: number
  /** A marker by plotly's name. */
  readonly symbol: string
  /** A dash by plotly's name, or lengths of lines and gaps such as `6px,2px`. */
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash' | 'longdashdot' | `${number}px,${string}px`
}
