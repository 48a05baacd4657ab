import { packageFile } from './packages.js'

/** One face of a family, as a TrueType file. */
export interface FontFace {
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  readonly file: string
}

const serif = (variant: string) => `computer-modern/fonts/cmu-serif-${variant}.ttf`

let faces: readonly FontFace[] | undefined

/** The faces that figures may use: Computer Modern, the type of LaTeX, as Unicode fonts. */
export function fontFaces(): readonly FontFace[] {
  faces ??= [
    { family: 'CMU Serif', bold: false, italic: false, file: packageFile(serif('500-roman')) },
    { family: 'CMU Serif', bold: false, italic: true, file: packageFile(serif('500-italic')) },
    { family: 'CMU Serif', bold: true, italic: false, file: packageFile(serif('700-roman')) },
    { family: 'CMU Serif', bold: true, italic: true, file: packageFile(serif('700-italic')) },
  ]
  return faces
}

/** How people call a face, such as "CMU Serif bold italic". */
export function faceName(face: FontFace): string {
  return [face.family, face.bold && 'bold', face.italic && 'italic'].filter(Boolean).join(' ')
}

/**
 * The face that a text with these CSS properties is set in: the first family of the list counts.
 *
 * @throws if that family is not one of the figures' faces
 */
export function faceFor(families: string, weight: string, style: string): FontFace {
  const family = families
    .split(',')[0]!
    .trim()
    .replace(/^['"]|['"]$/g, '')
  const bold = weight === 'bold' || Number(weight) >= 600
  const italic = style === 'italic' || style === 'oblique'
  const face = fontFaces().find(
    (face) => face.family === family && face.bold === bold && face.italic === italic,
  )
  if (face) return face
  const known = [...new Set(fontFaces().map((face) => `"${face.family}"`))].join(', ')
  throw new Error(`A text of the figure asks for the font "${family}"; exported figures can use ${known}`)
}
