import type { Locator } from 'playwright-core'

/** A rectangle in the window, in CSS pixels. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly width: number
}

/** A figure as a reader sees it. */
export interface SeenFigure {
  readonly drawing: Box
  /** What it may fill, and what its cell has. */
  readonly place: Box
  readonly output: Box
  readonly toolbar: Box
  readonly legends: readonly Box[]
  /** Of the figure's own text and of the notebook's prose, in CSS pixels. */
  readonly textSize: number
  readonly proseSize: number
  readonly texts: readonly {
    readonly text: string
    readonly box: Box
    readonly family: string
    /** Of its colour, 0 to 1. */
    readonly luminance: number
    /** Whether it stands on the page, as labels of axes and legends do. */
    readonly isBare: boolean
  }[]
}

/** Reads from the page how a figure is drawn. */
export const seenFigure = (drawing: Locator): Promise<SeenFigure> =>
  drawing.evaluate((node) => {
    const boxOf = (element: Element) => {
      const { left, top, right, bottom, width } = element.getBoundingClientRect()
      return { left, top, right, bottom, width }
    }
    const light = (color: string) => {
      const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((value) => {
        const part = Number(value) / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r + 0.7152 * g + 0.0722 * b
    }
    const scale = node.getBoundingClientRect().width / (node as HTMLElement).offsetWidth
    const host = node.closest('.thesis-figure')!
    const area = host.closest('.jp-OutputArea-child')!
    const prompt = area.querySelector('.jp-OutputArea-prompt')
    const whole = boxOf(area)
    const left = prompt ? boxOf(prompt).right : whole.left
    const toolbar = node.querySelector('.modebar')
    const prose = document.querySelector('.jp-RenderedMarkdown p')
    const layout = (node as unknown as { layout: { font: { size: number } } }).layout
    return {
      drawing: boxOf(node),
      place: boxOf(host),
      output: { ...whole, left, width: whole.right - left },
      toolbar: boxOf(toolbar ?? node),
      legends: [...node.querySelectorAll('.legend')].map(boxOf),
      textSize: layout.font.size * scale,
      proseSize: Number.parseFloat(getComputedStyle(prose ?? document.body).fontSize),
      texts: [...node.querySelectorAll('text')]
        .filter((text) => text.textContent?.trim() && !text.closest('.hoverlayer'))
        .map((text) => {
          const style = getComputedStyle(text)
          return {
            text: text.textContent!.trim(),
            box: boxOf(text),
            family: style.fontFamily.replace(/["']/g, ''),
            luminance: light(style.fill),
            isBare: text.closest('.xtick, .ytick, .legend, .g-xtitle, .g-ytitle') !== null,
          }
        }),
    }
  })
