import type { SeriesStyle } from '../values/series-style.js'

/** Plain recurrent networks are blue and darken with depth, LSTMs are orange and darken with convolutions (hues of Okabe and Ito). */
export const networkStyles: Readonly<Record<string, SeriesStyle>> = {
  shallow: { color: '#4697d1', pattern: '', symbol: 'circle', dash: 'solid' },
  deep: { color: '#1f6fae', pattern: '/', symbol: 'square', dash: 'dash' },
  convdeep: { color: '#0a3a68', pattern: 'x', symbol: 'diamond', dash: 'dashdot' },
  'r-lstm': { color: '#c06f08', pattern: '.', symbol: 'triangle-up', dash: 'longdash' },
  'conv-r-lstm': { color: '#8a2f06', pattern: '-', symbol: 'triangle-down', dash: 'dot' },
}

export const methodStyles: Readonly<Record<string, SeriesStyle>> = {
  sensitivity: { color: '#a98600', pattern: '', symbol: 'circle', dash: 'dot' },
  gradientTimesInput: { color: '#2f7fbf', pattern: '/', symbol: 'square', dash: 'dashdot' },
  integratedGradients: { color: '#2369ce', pattern: '\\', symbol: 'star', dash: 'longdashdot' },
  guidedBackprop: { color: '#0f7355', pattern: 'x', symbol: 'diamond', dash: 'dash' },
  occlusionByStep: { color: '#bf81a2', pattern: '|', symbol: 'hourglass', dash: '2px,4px' },
  deepTaylor: { color: '#9c3209', pattern: '.', symbol: 'triangle-up', dash: 'solid' },
  deepTaylorGatesHalf: wide({ color: '#510036', pattern: '.', symbol: 'triangle-left', dash: '9px,2px' }),
  deepTaylorGatesProportional: wide({
    color: '#4b4473',
    pattern: 'x',
    symbol: 'triangle-right',
    dash: '12px,4px',
  }),
  lrpAlpha2Beta1: { color: '#3c2170', pattern: '-', symbol: 'triangle-down', dash: 'longdash' },
  lrpEpsilon: { color: '#748a44', pattern: '+', symbol: 'cross', dash: '3px,1px' },
  lrpGamma: wide({ color: '#712222', pattern: '-', symbol: 'pentagon', dash: '8px,3px,3px,3px' }),
}

/** A hatch with lines further apart, for a method that varies another. */
function wide(style: SeriesStyle): SeriesStyle {
  return { ...style, patternSize: 8, patternSolidity: 0.15 }
}
