/** A face of exported figures, as the extension has it beside its script. */
export interface FontFile {
  readonly family: string
  readonly weight: 'normal' | 'bold'
  readonly style: 'normal' | 'italic'
  /** Its name beside the script. */
  readonly name: string
  /** Where its package has it. */
  readonly source: string
}

const faces = [
  { weight: 'normal', style: 'normal', cmu: '500-roman', tinos: '400Regular/Tinos_400Regular' },
  {
    weight: 'normal',
    style: 'italic',
    cmu: '500-italic',
    tinos: '400Regular_Italic/Tinos_400Regular_Italic',
  },
  { weight: 'bold', style: 'normal', cmu: '700-roman', tinos: '700Bold/Tinos_700Bold' },
  { weight: 'bold', style: 'italic', cmu: '700-italic', tinos: '700Bold_Italic/Tinos_700Bold_Italic' },
] as const

/** All faces that figures may use; a page loads those that its figures ask for. */
export const fontFiles: readonly FontFile[] = faces.flatMap(({ weight, style, cmu, tinos }) => [
  {
    ...{ family: 'CMU Serif', weight, style, name: `cmu-serif-${cmu}.woff2` },
    source: `computer-modern/fonts/cmu-serif-${cmu}.woff2`,
  },
  {
    ...{ family: 'Tinos', weight, style, name: `tinos-${weight}-${style}.ttf` },
    source: `@expo-google-fonts/tinos/${tinos}.ttf`,
  },
])
