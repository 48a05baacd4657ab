import { hatchNegative, MAGNIFICATION } from '../figures/kit/hatch.js'

/** Bitmaps as plotly made them, by the hatched ones in their place. */
const hatched = new Map<string, Promise<string>>()
const MOST = 200

/** Hatches the negative pixels of a drawing's heatmaps, as exported figures do; `page` is the colour of the strokes. */
export async function sharpenHeatmaps(drawing: HTMLElement, page = '#ffffff'): Promise<void> {
  for (const image of drawing.querySelectorAll('.hm image')) {
    const source = image.getAttribute('xlink:href') ?? image.getAttribute('href') ?? ''
    if (!source.startsWith('data:') || image.getAttribute('data-hatched') === source) continue
    const key = `${page} ${source}`
    const made = hatched.get(key) ?? hatch(source, page)
    hatched.set(key, made)
    if (hatched.size > MOST) hatched.delete(hatched.keys().next().value ?? '')
    const result = await made
    // Meanwhile plotly may have drawn another one.
    if ((image.getAttribute('xlink:href') ?? image.getAttribute('href')) !== source) continue
    image.setAttribute('data-hatched', result)
    image.setAttribute(image.hasAttribute('xlink:href') ? 'xlink:href' : 'href', result)
  }
}

async function hatch(source: string, stroke: string): Promise<string> {
  const bitmap = new Image()
  bitmap.src = source
  await bitmap.decode()
  const [columns, rows] = [bitmap.naturalWidth, bitmap.naturalHeight]
  const canvas = Object.assign(document.createElement('canvas'), {
    width: columns * MAGNIFICATION,
    height: rows * MAGNIFICATION,
  })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) return source
  context.imageSmoothingEnabled = false
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  return hatchNegative(context, { columns, rows, stroke }) ? canvas.toDataURL('image/png') : source
}
