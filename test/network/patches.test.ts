import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend } from '../../src/network/backend.js'
import { patchesOf } from '../../src/network/patches.js'
import { random4D } from './tensors.js'

beforeAll(async () => {
  await useBackend()
})

describe('patches', () => {
  it.each([
    [2, 4, 5, 3, 3],
    [1, 3, 2, 5, 5],
    [3, 1, 6, 3, 5],
    [2, 7, 1, 1, 1],
  ])(
    'of %i images of %i×%i hold every pixel’s %i×%i neighbourhood, zeros outside',
    (n, height, width, h, w) => {
      const images = random4D([n, height, width, 1], 'images')
      const pixel = images.arraySync()
      const patches = patchesOf(images, h, w)
      expect(patches.shape).toEqual([n * height * width, h * w])
      const rows = patches.arraySync()
      for (let image = 0; image < n; image++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            for (let dy = 0; dy < h; dy++)
              for (let dx = 0; dx < w; dx++) {
                const expected = pixel[image]![y + dy - (h - 1) / 2]?.[x + dx - (w - 1) / 2]?.[0] ?? 0
                expect(rows[(image * height + y) * width + x]![dy * w + dx]).toBe(expected)
              }
    },
  )
})
