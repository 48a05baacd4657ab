import { type Typeface, typefaces } from '../kit/typefaces.js'
import { packageFile } from './packages.js'

/** One face of a family, as a TrueType file. */
export interface FontFace {
  readonly family: string
  readonly bold: boolean
  readonly italic: boolean
  readonly file: string
}

const FILES: Readonly<
  Record<Typeface, readonly [roman: string, italic: string, bold: string, boldItalic: string]>
> = {
  'Computer Modern': [
    'computer-modern/fonts/cmu-serif-500-roman.ttf',
    'computer-modern/fonts/cmu-serif-500-italic.ttf',
    'computer-modern/fonts/cmu-serif-700-roman.ttf',
    'computer-modern/fonts/cmu-serif-700-italic.ttf',
  ],
  Times: [
    '@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf',
    '@expo-google-fonts/tinos/400Regular_Italic/Tinos_400Regular_Italic.ttf',
    '@expo-google-fonts/tinos/700Bold/Tinos_700Bold.ttf',
    '@expo-google-fonts/tinos/700Bold_Italic/Tinos_700Bold_Italic.ttf',
  ],
}

let faces: readonly FontFace[] | undefined

/** The faces that figures may use: Computer Modern, the type of LaTeX, and Tinos, of the widths of Times, as Unicode fonts. */
export function fontFaces(): readonly FontFace[] {
  faces ??= (Object.keys(FILES) as Typeface[]).flatMap((typeface) =>
    FILES[typeface].map((file, i) => ({
      family: typefaces[typeface].family,
      bold: i >= 2,
      italic: i % 2 === 1,
      file: packageFile(file),
    })),
  )
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
