import { afterEach, beforeEach, expect, it } from 'vitest'
import { renderFormats } from '../../src/figures/export/render-figure.js'
import type { Figure } from '../../src/figures/kit/figure.js'
import type { Comm, CommData } from '../../src/notebook/comm.js'
import { exportOptions } from '../../src/notebook/export-figure.js'
import { show } from '../../src/notebook/index.js'
import { liveMimeType } from '../../src/notebook/live-figure.js'
import { type FakeKernel, startFakeKernel } from './fake-kernel.js'

const figure: Figure = {
  data: [{ type: 'bar', y: [1, 2] }],
  layout: { width: 300, height: 150, font: { family: 'CMU Serif', size: 11 } },
  alt: 'Two bars.',
}
const service = Symbol.for('thesis.comms')
const listeners = new Map<string, (comm: Comm, data: CommData) => unknown>()

let kernel: FakeKernel
beforeEach(() => {
  kernel = startFakeKernel()
  Reflect.set(globalThis, service, {
    open: () => null,
    register: (target: string, onOpen: (comm: Comm, data: CommData) => unknown) =>
      listeners.set(target, onOpen),
  })
})
afterEach(() => {
  kernel.stop()
  Reflect.deleteProperty(globalThis, service)
})

/** Asks as the camera in the browser does. */
const ask = (data: CommData): Promise<CommData> =>
  new Promise((resolve) => {
    listeners.get('thesis.figure-file')!({ id: 'c', send: resolve, close: () => {} }, data)
  })
const shownId = (): unknown => (kernel.outputs[0]!.data[liveMimeType] as { id: string }).id

it.each(['pdf', 'svg', 'png'] as const)(
  'the camera saves the bytes that the export writes as %s',
  async (format) => {
    await show(figure, { widthMm: 60 })
    const { name, base64 } = await ask({ id: shownId(), format })
    expect(name).toMatch(new RegExp(`^figure-[0-9a-f]{6}\\.${format}$`))
    const exported = (await renderFormats(figure, exportOptions(figure), [format]))[format]!
    expect(Buffer.from(String(base64), 'base64').equals(Buffer.from(exported))).toBe(true)
  },
)

it('the camera says why there is no file', async () => {
  await show(figure, { widthMm: 60 })
  expect(await ask({ id: 'unknown', format: 'pdf' })).toEqual({
    error: 'This kernel did not show the figure, or has shown many since: run its cell again.',
  })
  expect(await ask({ id: shownId(), format: 'gif' })).toEqual({
    error: 'A figure is saved as pdf, svg, png, not as gif.',
  })
})
