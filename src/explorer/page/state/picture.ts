import type { ItemSize } from './items.js'

/** How much of an image's height and width is ink at most, as in MNIST. */
const FILLED = 20 / 28

/** Sides of the picture on which it is looked at before it is made small. */
const LARGEST = 512

/** A picture as images of a sequence: one, or as many side by side as it is wide. */
export async function readPicture(
  file: Blob,
  { rows, columns }: ItemSize,
  items: number,
): Promise<Uint8Array[]> {
  const bitmap = await createImageBitmap(file)
  const count = bitmap.width / bitmap.height >= items - 0.5 ? items : 1
  const width = Math.floor(bitmap.width / count)
  const parts = Array.from({ length: count }, (_, k) => greyOf(bitmap, k * width, width))
  bitmap.close()
  return parts.map((part) => centred(part, rows, columns))
}

interface Grey {
  readonly width: number
  readonly height: number
  /** Ink from 0 to 1. */
  readonly ink: Float32Array
}

/** Ink of a part of a picture; what is transparent or like its border is paper. */
function greyOf(bitmap: ImageBitmap, left: number, width: number): Grey {
  const scale = Math.min(1, LARGEST / Math.max(width, bitmap.height))
  const [w, h] = [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(bitmap.height * scale))]
  const context = contextOf(w, h)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, w, h)
  context.drawImage(bitmap, left, 0, width, bitmap.height, 0, 0, w, h)
  const { data } = context.getImageData(0, 0, w, h)
  const light = Float32Array.from({ length: w * h }, (_, i) => {
    const [r, g, b] = [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255
  })
  const border = Array.from(light).filter(
    (_, i) => i < w || i >= w * (h - 1) || i % w === 0 || i % w === w - 1,
  )
  const paper = border.sort((a, b) => a - b)[border.length >> 1]!
  const ink = light.map((value) => Math.max(0, paper >= 0.5 ? paper - value : value - paper))
  const most = ink.reduce((a, b) => Math.max(a, b), 0)
  return {
    width: w,
    height: h,
    ink: ink.map((value) => (most < 0.05 || value < 0.1 * most ? 0 : value / most)),
  }
}

/** The ink of a picture, made as small as that of the dataset and put in the middle. */
function centred({ width, height, ink }: Grey, rows: number, columns: number): Uint8Array {
  const [xs, ys] = [[] as number[], [] as number[]]
  for (const [i, value] of ink.entries())
    if (value > 0) {
      xs.push(i % width)
      ys.push(Math.floor(i / width))
    }
  const result = new Uint8Array(rows * columns)
  if (xs.length === 0) return result
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b))
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b))
  const [left, top] = [least(xs), least(ys)]
  const [w, h] = [most(xs) - left + 1, most(ys) - top + 1]
  const source = contextOf(width, height)
  const image = source.createImageData(width, height)
  for (const [i, value] of ink.entries()) image.data.set([255, 255, 255, Math.round(255 * value)], 4 * i)
  source.putImageData(image, 0, 0)
  const scale = (FILLED * Math.min(rows, columns)) / Math.max(w, h)
  const target = contextOf(columns, rows)
  target.imageSmoothingQuality = 'high'
  target.drawImage(
    source.canvas,
    left,
    top,
    w,
    h,
    (columns - w * scale) / 2,
    (rows - h * scale) / 2,
    w * scale,
    h * scale,
  )
  const { data } = target.getImageData(0, 0, columns, rows)
  return result.map((_, i) => data[4 * i + 3]!)
}

function contextOf(width: number, height: number): CanvasRenderingContext2D {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return canvas.getContext('2d', { willReadFrequently: true })!
}
