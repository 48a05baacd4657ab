import { hatchNegative, MAGNIFICATION } from '../kit/hatch.js'
import { canvasPackage } from './canvas.js'
import type { DomElement } from './dom.js'

/**
 * Repeats each pixel of a drawing's bitmaps, and asks every renderer to keep pixels sharp.
 *
 * @throws if a heatmap was drawn at screen resolution, which plotly does for cells of unequal size
 */
export async function sharpenImages(root: DomElement, paper: string): Promise<void> {
  for (const image of root.querySelectorAll('image')) {
    if (isResampled(image)) {
      throw new Error(
        'A heatmap has cells of unequal size, which plotly draws at screen resolution: space x and y evenly',
      )
    }
    const source = image.getAttribute('xlink:href') ?? image.getAttribute('href') ?? ''
    const sharp = await magnified(source, isHeatmap(image) ? paper : null)
    image.removeAttribute('href')
    image.setAttribute('xlink:href', sharp)
    image.setAttribute('image-rendering', 'optimizeSpeed') // SVG 1.1 renderers
    image.removeAttribute('style') // browsers get `pixelated` from the style sheet; resvg does not know it
  }
}

const isHeatmap = (image: DomElement): boolean =>
  image.parentNode?.getAttribute('class')?.split(' ').includes('hm') ?? false

const isResampled = (image: DomElement): boolean =>
  isHeatmap(image) && !/pixelated/.test(image.getAttribute('style') ?? '')

async function magnified(source: string, hatch: string | null): Promise<string> {
  const { createCanvas, loadImage } = canvasPackage()
  const bitmap = await loadImage(Buffer.from(source.slice(source.indexOf(',') + 1), 'base64'))
  const canvas = createCanvas(bitmap.width * MAGNIFICATION, bitmap.height * MAGNIFICATION)
  const context = canvas.getContext('2d')
  context.imageSmoothingEnabled = false
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  if (hatch !== null) hatchNegative(context, { columns: bitmap.width, rows: bitmap.height, stroke: hatch })
  return canvas.toDataURL('image/png')
}
