import { crc32 } from 'node:zlib'
import { fontFaces } from './font-faces.js'
import { loadPackage } from './packages.js'

interface ResvgPackage {
  readonly Resvg: new (svg: string, options: object) => { render(): { asPng(): Uint8Array } }
}

/** Rasterises a drawing to `pixelWidth` pixels; the file states its resolution, so that it is placed at the right size, its text alternative, and how it was made where that is told. */
export function toPng(
  svg: string,
  pixelWidth: number,
  dpi: number,
  {
    title,
    alt,
    about,
  }: { title: string; alt: string; about?: Readonly<Record<string, unknown>> | undefined },
): Uint8Array {
  const { Resvg } = loadPackage<ResvgPackage>('@resvg/resvg-js')
  const font = { fontFiles: fontFaces().map((face) => face.file), loadSystemFonts: false }
  const resvg = new Resvg(svg, { background: 'white', font, fitTo: { mode: 'width', value: pixelWidth } })
  const png = Buffer.from(resvg.render().asPng())
  const header = 33 // signature (8 bytes) and IHDR (25): what is added must come before the image data
  return Buffer.concat([
    png.subarray(0, header),
    chunk('pHYs', physicalSize(dpi)),
    ...(about ? [text('Title', title)] : []),
    ...(typeof about?.author === 'string' ? [text('Author', about.author)] : []),
    text('Description', alt),
    ...(about ? [text('Comment', JSON.stringify(about))] : []),
    png.subarray(header),
  ])
}

const text = (keyword: string, value: string): Buffer =>
  chunk('iTXt', Buffer.from(`${keyword}\0\0\0\0\0${value}`, 'utf8'))

function physicalSize(dpi: number): Buffer {
  const pixelsPerMetre = Math.round(dpi / 0.0254)
  const size = Buffer.alloc(9)
  size.writeUInt32BE(pixelsPerMetre, 0)
  size.writeUInt32BE(pixelsPerMetre, 4)
  size[8] = 1 // the unit: metres
  return size
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(content.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
