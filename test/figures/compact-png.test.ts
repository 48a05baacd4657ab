import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { compactPng } from '../../src/figures/export/compact-png.js'
import { renderFormats } from '../../src/figures/export/render-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'

const heatmap: Figure = {
  data: [
    {
      type: 'heatmap',
      z: Array.from({ length: 28 }, (_, row) =>
        Array.from({ length: 84 }, (_, column) => (row * column) % 17),
      ),
    },
  ],
  layout: { width: 600, height: 300 },
  alt: 'Remainders of products.',
}

async function pixels(png: Uint8Array): Promise<Buffer> {
  const image = await loadImage(Buffer.from(png))
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return Buffer.from(context.getImageData(0, 0, image.width, image.height).data)
}

describe('compactPng', () => {
  it('keeps every pixel, the resolution and the text alternative in fewer bytes, the same every time', async () => {
    const { png } = await renderFormats(heatmap, { widthMm: 120, heightMm: 60, dpi: 192 }, ['png'])
    const compact = Buffer.from(compactPng(png!))
    expect(compact.length).toBeLessThan(0.8 * png!.length)
    expect(Buffer.compare(await pixels(compact), await pixels(png!))).toBe(0)
    expect(compact.includes('Description\0\0\0\0\0Remainders of products.')).toBe(true)
    const resolution = (bytes: Uint8Array) =>
      Buffer.from(bytes).readUInt32BE(Buffer.from(bytes).indexOf('pHYs') + 4)
    expect(resolution(compact)).toBe(resolution(png!))
    expect(Buffer.compare(compact, Buffer.from(compactPng(png!)))).toBe(0)
  })
})
