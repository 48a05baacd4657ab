import type { View } from '../context.js'
import { csvOf } from './csv.js'
import { sheetSvg } from './sheet.js'

/** Pixels of a PNG to one of the sheet. */
const SHARPNESS = 3

/** Saves what is seen: the heatmaps as a picture, or all numbers as a table. */
export async function save(view: View, form: 'svg' | 'png' | 'csv'): Promise<void> {
  const name = `explorer-${view.dataset.id}.${form}`
  if (form === 'csv') return download(new Blob([csvOf(view)], { type: 'text/csv' }), name)
  const svg = new Blob([sheetSvg(view)], { type: 'image/svg+xml' })
  download(form === 'svg' ? svg : await pngOf(svg), name)
}

async function pngOf(svg: Blob): Promise<Blob> {
  const address = URL.createObjectURL(svg)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = SHARPNESS * image.width
    canvas.height = SHARPNESS * image.height
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('the picture is too large'))),
        'image/png',
      ),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

function download(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}
