/** Colours of what is not data. */
export interface Inks {
  readonly paper: string
  readonly ink: string
  /** Of what steps back. */
  readonly muted: string
  readonly rule: string
  readonly faint: string
  /** Marks what is relevant, and the baseline that explanations must beat. */
  readonly accent: string
  /** Behind what is relevant. */
  readonly shade: string
}

/** On white paper. */
export const lightInks: Inks = {
  paper: '#ffffff',
  ink: '#1a1a1a',
  muted: '#595959',
  rule: '#c8c8c8',
  faint: '#ececec',
  accent: '#c0410b',
  shade: '#fbe9d7',
}

/** On the dark of slides, each as far from the paper as its counterpart is from white. */
export const darkInks: Inks = {
  paper: '#14171c',
  ink: '#f0f0f0',
  muted: '#b4b4b4',
  rule: '#55585e',
  faint: '#2a2e35',
  accent: '#ff8a50',
  shade: '#4a3522',
}
