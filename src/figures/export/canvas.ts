import { fontFaces } from './font-faces.js'
import { loadPackage } from './packages.js'

/** The part of @napi-rs/canvas in use: text and path measures, and the bitmaps behind plotly's heatmaps. */
export interface Canvas {
  readonly width: number
  readonly height: number
  getContext(kind: '2d'): CanvasContext
  toDataURL(type: 'image/png'): string
}

export interface CanvasContext {
  font: string
  imageSmoothingEnabled: boolean
  measureText(text: string): TextExtent
  drawImage(image: Bitmap, x: number, y: number, width: number, height: number): void
  getImageData(x: number, y: number, width: number, height: number): { readonly data: Uint8ClampedArray }
  strokeStyle: string
  lineWidth: number
  beginPath(): void
  moveTo(x: number, y: number): void
  lineTo(x: number, y: number): void
  stroke(): void
}

export interface TextExtent {
  readonly width: number
  readonly fontBoundingBoxAscent: number
  readonly fontBoundingBoxDescent: number
}

export interface Bitmap {
  readonly width: number
  readonly height: number
}

interface CanvasPackage {
  createCanvas(width: number, height: number): Canvas
  loadImage(bytes: Uint8Array): Promise<Bitmap>
  readonly GlobalFonts: { registerFromPath(file: string, family: string): unknown }
  readonly Path2D: new (d: string) => { computeTightBounds(): readonly [number, number, number, number] }
}

let loaded: CanvasPackage | undefined

/** The canvas library, loaded once, with the figures' faces registered in it. */
export function canvasPackage(): CanvasPackage {
  if (!loaded) {
    loaded = loadPackage<CanvasPackage>('@napi-rs/canvas')
    for (const face of fontFaces()) loaded.GlobalFonts.registerFromPath(face.file, face.family)
  }
  return loaded
}
