/** A number with so many places (default: 2), a minus as wide as a plus, and no minus before 0. */
export const fixed = (value: number, places = 2): string =>
  value
    .toFixed(places)
    .replace(/^-(?=[0.]*$)/, '')
    .replace('-', '−')

/** A whole percentage. */
export const wholePercent = (share: number): string => `${fixed(share, 0)} %`
