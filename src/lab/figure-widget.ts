import { FigureView } from './figure-view.js'
import type { Kernel, MimeModel, Widget, WidgetClass } from './jupyter.js'
import { unpack } from './live-figure-data.js'

/** What JupyterLab makes for each figure. */
export interface FigureWidget extends Widget {
  renderModel(model: MimeModel): Promise<void>
}

/** Lumino's widgets with a figure in them; a newer figure of the same output takes the place of the one before. */
export function figureWidget(Base: WidgetClass, kernelOf: (node: HTMLElement) => Kernel | null) {
  return class extends Base implements FigureWidget {
    readonly #view: FigureView

    constructor() {
      super()
      this.addClass('thesis-figure')
      this.#view = new FigureView(this.node, () => kernelOf(this.node))
    }

    async renderModel({ data }: MimeModel): Promise<void> {
      this.#view.show(await unpack(data))
    }

    override dispose(): void {
      this.#view.dispose()
      super.dispose()
    }
  }
}
