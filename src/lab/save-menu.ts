import { FORMATS, type Format, requestFile } from './figure-file.js'
import type { Kernel } from './jupyter.js'
import type { LiveFigureData } from './live-figure-data.js'
import type { Plotly } from './plotly.js'

const BUSY = 'A cell is running: the file comes when it has ended.'
const NO_KERNEL = 'The picture is the notebook’s own. For PDF and SVG run the cell with a kernel.'

/** The camera of a figure's toolbar: it saves what `exportFigure` writes. */
export class SaveMenu {
  readonly #host: HTMLElement
  readonly #kernel: () => Kernel | null
  #menu: HTMLElement | null = null

  constructor(host: HTMLElement, kernel: () => Kernel | null) {
    this.#host = host
    this.#kernel = kernel
  }

  /** Plotly's settings for a toolbar with this camera in place of plotly's own. */
  toolbar(
    { Icons }: Plotly,
    figure: LiveFigureData,
    { modeBarButtonsToRemove: without = [] }: { modeBarButtonsToRemove?: readonly string[] },
  ) {
    const camera = {
      name: 'save',
      title: 'Save as PDF, SVG or PNG',
      icon: Icons.camera,
      click: () => (this.#menu ? this.close() : this.#open(figure)),
    }
    return { modeBarButtonsToRemove: [...without, 'toImage'], modeBarButtonsToAdd: [camera] }
  }

  close(): void {
    this.#menu?.remove()
    this.#menu = null
  }

  #open(figure: LiveFigureData): void {
    const menu = document.createElement('div')
    menu.className = 'thesis-figure-menu'
    menu.setAttribute('role', 'group')
    menu.setAttribute('aria-label', 'Save the figure')
    const said = Object.assign(document.createElement('span'), { role: 'status' })
    for (const format of FORMATS) {
      const button = Object.assign(document.createElement('button'), {
        type: 'button',
        textContent: format.toUpperCase(),
      })
      button.addEventListener('click', () => void this.#save(figure, format, said))
      menu.append(button)
    }
    menu.append(said)
    menu.addEventListener('keydown', ({ key }) => key === 'Escape' && this.close())
    const top = this.#host.querySelector('.modebar')?.getBoundingClientRect().bottom ?? 0
    Object.assign(menu.style, {
      top: `${Math.max(0, top - this.#host.getBoundingClientRect().top)}px`,
      right: '0',
    })
    this.#host.append(menu)
    this.#menu = menu
    menu.querySelector('button')?.focus({ preventScroll: true })
  }

  async #save(figure: LiveFigureData, format: Format, said: HTMLElement): Promise<void> {
    const kernel = this.#kernel()
    said.textContent = kernel?.status === 'busy' ? BUSY : kernel ? 'Drawing …' : ''
    try {
      const { name, base64 } = kernel
        ? await requestFile(kernel, figure.id, format)
        : pictureOf(figure, format, NO_KERNEL)
      download(name, base64, format)
      this.close()
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      said.textContent = why
      if (format !== 'png' || figure.png === null || !kernel) return
      const { name, base64 } = pictureOf(figure, format, why)
      download(name, base64, format)
      said.textContent = `Saved the notebook’s own picture. ${why}`
    }
  }
}

/** The picture that the notebook holds, which the same export has drawn. */
function pictureOf(
  { name, png }: LiveFigureData,
  format: Format,
  otherwise: string,
): { name: string; base64: string } {
  if (format !== 'png' || png === null) throw new Error(otherwise)
  return { name: `${name}.png`, base64: png }
}

const types = { pdf: 'application/pdf', svg: 'image/svg+xml', png: 'image/png' } as const

function download(name: string, base64: string, format: Format): void {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: types[format] }))
  Object.assign(document.createElement('a'), { href: url, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
