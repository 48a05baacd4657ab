import { type Fitted, fitted } from './fitted-figure.js'
import type { Kernel } from './jupyter.js'
import type { LiveFigureData } from './live-figure-data.js'
import { loadPlotly } from './plotly.js'
import { SaveMenu } from './save-menu.js'
import { sharpenHeatmaps } from './sharp-heatmaps.js'
import { loadFonts } from './style.js'
import { darkPage, onThemeChanged } from './theme.js'

/** A figure is drawn as it comes so near to the window, in CSS pixels. */
const NEAR = 800

/** A figure in its place in the page: as wide as that, its text as large as the prose, on the page's colours. */
export class FigureView {
  readonly #node: HTMLElement
  readonly #drawing = document.createElement('div')
  readonly #menu: SaveMenu
  readonly #sizes = new ResizeObserver(() => this.#fit())
  readonly #sight = new IntersectionObserver((entries) => this.#see(entries), { rootMargin: `${NEAR}px` })
  readonly #forgetTheme = onThemeChanged(() => this.#fit())
  #figure: LiveFigureData | null = null
  #isNear = false
  #isDrawing = false
  #drawn = ''

  constructor(node: HTMLElement, kernel: () => Kernel | null) {
    this.#node = node
    node.style.fontSize = 'var(--jp-content-font-size1)'
    this.#drawing.className = 'thesis-figure-drawing'
    this.#drawing.setAttribute('role', 'figure')
    node.append(this.#drawing)
    this.#menu = new SaveMenu(node, kernel)
    this.#sizes.observe(node)
    this.#sight.observe(node)
  }

  show(figure: LiveFigureData): void {
    this.#figure = figure
    this.#drawing.setAttribute('aria-label', figure.alt)
    this.#menu.close()
    this.#fit()
  }

  dispose(): void {
    this.#sizes.disconnect()
    this.#sight.disconnect()
    this.#forgetTheme()
    this.#menu.close()
    this.#figure = null
    if (this.#drawn !== '') loadPlotly().then((plotly) => plotly.purge(this.#drawing))
  }

  #see(entries: readonly IntersectionObserverEntry[]): void {
    this.#isNear = entries.at(-1)?.isIntersecting ?? false
    this.#fit()
  }

  /** Keeps the place that the figure needs, and draws it where it is near and not drawn like that already. */
  #fit(): void {
    const place = this.#place()
    if (!this.#figure || place.width === 0) return
    const figure = fitted(this.#figure, place)
    this.#node.style.height = `${Math.ceil(figure.scale * figure.height)}px`
    if (this.#drawn === keyOf(this.#figure, place)) return
    delete this.#drawing.dataset.figure // which says what is drawn as it is to be
    if (this.#isNear && !this.#isDrawing) void this.#draw()
  }

  #place() {
    const prose = Number.parseFloat(getComputedStyle(this.#node).fontSize) || 14
    return { width: this.#node.clientWidth, prose, dark: darkPage() }
  }

  async #draw(): Promise<void> {
    this.#isDrawing = true
    try {
      const plotly = await loadPlotly()
      for (;;) {
        const [data, place] = [this.#figure, this.#place()]
        if (!data || place.width === 0 || this.#drawn === keyOf(data, place)) return
        const figure = fitted(data, place)
        await loadFonts(familiesOf(figure))
        const isFirst = this.#drawn === ''
        this.#drawn = keyOf(data, place)
        this.#size(figure)
        const drawn = await plotly.react(this.#drawing, figure.data, figure.layout, {
          ...data.config,
          ...this.#menu.toolbar(plotly, data, data.config),
        })
        if (isFirst) drawn.on('plotly_afterplot', () => void sharpenHeatmaps(drawn, darkPage()?.page))
        await sharpenHeatmaps(drawn, place.dark?.page)
        this.#drawing.dataset.figure = data.id
      }
    } finally {
      this.#isDrawing = false
    }
  }

  #size({ scale, width, height }: Fitted): void {
    Object.assign(this.#drawing.style, {
      width: `${width}px`,
      height: `${height}px`,
      transform: `scale(${scale})`,
    })
  }
}

const familiesOf = ({ layout }: Fitted): string =>
  String((layout.font as { family?: string } | undefined)?.family ?? '')

const keyOf = ({ id }: LiveFigureData, place: object): string => `${id} ${JSON.stringify(place)}`
