/** A number with two places, and a minus that is as wide as a plus. */
export const signed = (value: number): string => value.toFixed(2).replace('-', '−')

/** A whole percentage with a minus that is as wide as a plus. */
export const wholePercent = (share: number): string =>
  `${share.toFixed(0).replace(/^-0$/, '0').replace('-', '−')} %`
