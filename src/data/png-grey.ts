import { convertIndexedToRgb, type DecodedPng, decode } from 'fast-png'

/** One grey image: bytes `[rows, columns]`, 0 for background to 255 for ink. */
export interface GreyImage {
  readonly rows: number
  readonly columns: number
  readonly pixels: Uint8Array
}

interface Samples {
  /** `[pixels, channels]`: grey, grey and alpha, RGB, or RGBA. */
  readonly data: ArrayLike<number>
  readonly channels: number
  /** The sample of full brightness or opacity. */
  readonly highest: number
  /** The one colour that is transparent, where there is one. */
  readonly transparent?: ArrayLike<number>
}

/**
 * Reads a PNG of any colour type and depth as ink.
 *
 * The grey of a colour is 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601); ink is the grey, or with `invert` white minus the grey,
 * times the opacity, so that what is transparent is background. It is rounded to the nearest of 256 levels.
 *
 * @param file the name that errors carry
 * @throws Error naming the file when it is damaged or no PNG
 */
export function greyOfPng(bytes: Uint8Array, file: string, invert = false): GreyImage {
  const png = decoded(bytes, file)
  const samples = samplesOf(png)
  const pixels = new Uint8Array(png.width * png.height)
  for (let i = 0; i < pixels.length; i++) {
    const grey = greyAt(samples, i)
    pixels[i] = Math.round(255 * (invert ? 1 - grey : grey) * opacityAt(samples, i))
  }
  return { rows: png.height, columns: png.width, pixels }
}

function decoded(bytes: Uint8Array, file: string): DecodedPng {
  const wrong = (what: unknown) => new Error(`${file}: not a readable PNG: ${what}`)
  let png: DecodedPng
  try {
    png = decode(bytes, { checkCrc: true })
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : error)
  }
  // fast-png decodes interlaced images of less than 8 bits without unpacking them, so wrongly.
  const interlaced = bytes[28] === 1
  if (interlaced && png.depth < 8)
    throw wrong(`it is interlaced at ${png.depth} bits; save it without interlacing`)
  return png
}

function samplesOf(png: DecodedPng): Samples {
  if (png.palette !== undefined && png.channels === 1) {
    const data = convertIndexedToRgb(png)
    return { data, channels: png.palette[0]!.length, highest: 255 }
  }
  const highest = 2 ** png.depth - 1
  const data = png.depth < 8 ? unpacked(png) : png.data
  return { data, channels: png.channels, highest, transparent: png.transparency }
}

/** Grey samples of 1, 2 or 4 bits, one per pixel; each row of a PNG starts at a byte of its own. */
function unpacked({ data, width, height, depth }: DecodedPng): Uint8Array {
  const perRow = Math.ceil((width * depth) / 8)
  return Uint8Array.from({ length: width * height }, (_, i) => {
    const bit = (i % width) * depth
    const byte = data[Math.floor(i / width) * perRow + (bit >> 3)]!
    return (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1)
  })
}

/** 0 to 1. */
function greyAt({ data, channels, highest }: Samples, pixel: number): number {
  const at = pixel * channels
  if (channels < 3) return data[at]! / highest
  return (0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!) / highest
}

/** 0 to 1. */
function opacityAt({ data, channels, highest, transparent }: Samples, pixel: number): number {
  const at = pixel * channels
  if (channels === 2 || channels === 4) return data[at + channels - 1]! / highest
  if (transparent === undefined || transparent.length < channels) return 1
  for (let c = 0; c < channels; c++) if (data[at + c] !== transparent[c]) return 1
  return 0
}
