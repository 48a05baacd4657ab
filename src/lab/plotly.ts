import { fileAddress } from './style.js'

/** The part of plotly in use. */
export interface Plotly {
  react(node: HTMLElement, data: readonly object[], layout: object, config: object): Promise<PlotlyNode>
  purge(node: HTMLElement): void
  readonly Icons: Readonly<Record<string, object>>
}

export interface PlotlyNode extends HTMLElement {
  on(event: string, listener: () => void): void
}

let loading: Promise<Plotly> | undefined

/** Plotly, loaded once the first figure is near. */
export function loadPlotly(): Promise<Plotly> {
  loading ??= load()
  return loading
}

/** As a module of its own, so that no other plotly on the page is replaced. */
async function load(): Promise<Plotly> {
  const module: { default: Plotly } = await import(/* @vite-ignore */ fileAddress('plotly.js'))
  return module.default
}
