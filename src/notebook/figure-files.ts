import { type FigureFormat, renderFormats } from '../figures/export/render-figure.js'
import type { Figure } from '../figures/kit/figure.js'
import { type CommData, onCommOpened } from './comm.js'
import { exportOptions, type FigureExport } from './export-figure.js'

/** What of JupyterLab's the camera over a figure opens a comm for, with `{id, format}`. */
export const figureFileTarget = 'thesis.figure-file'

const formats: readonly unknown[] = ['pdf', 'svg', 'png'] satisfies FigureFormat[]

/** So many figures are kept for the camera, the last ones shown. */
const most = 300

interface Kept {
  readonly figure: Figure
  readonly name: string
  readonly options: ReturnType<typeof exportOptions>
}

const kept = new Map<string, Kept>()

/** Keeps a figure that is shown, so that the camera over it saves what `exportFigure` writes. */
export function keepForCamera(
  id: string,
  figure: Figure,
  { save, as }: { readonly save?: string | undefined; readonly as?: FigureExport | undefined },
): void {
  kept.delete(id)
  kept.set(id, { figure, name: save ?? `figure-${id.slice(0, 6)}`, options: exportOptions(figure, as) })
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) kept.delete(oldest)
  onCommOpened(figureFileTarget, (comm, { id, format }) => {
    fileOf(String(id), String(format))
      .catch((error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }))
      .then((answer) => comm.send(answer))
    return undefined
  })
}

/** The file of a figure that was shown: its name and, in base64, what `exportFigure` writes into it. */
async function fileOf(id: string, format: string): Promise<CommData> {
  const { figure, name, options } = kept.get(id) ?? {}
  if (!figure || !options)
    return { error: 'This kernel did not show the figure, or has shown many since: run its cell again.' }
  if (!isFormat(format)) return { error: `A figure is saved as ${formats.join(', ')}, not as ${format}.` }
  const file = (await renderFormats(figure, options, [format]))[format]!
  return { name: `${name}.${format}`, base64: Buffer.from(file).toString('base64') }
}

const isFormat = (format: string): format is FigureFormat => formats.includes(format)
