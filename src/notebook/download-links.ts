import { basename } from 'node:path'
import { escapeHtml } from './display.js'
import { linkTo, projectPath } from './results.js'

/** A link named by the file's path, which opens the file in JupyterLab, in notebooks that are not trusted too. */
export const openLink = (path: string): string =>
  `<a href="${escapeHtml(linkTo(path))}">${escapeHtml(projectPath(path))}</a>`

/**
 * A link that downloads a file of the project's results folder. JupyterLab's listener further out would open it in a
 * tab of its own instead, so the click stays here.
 */
export function downloadLink(path: string, label: string): string {
  return (
    `<a href="${escapeHtml(linkTo(path))}" download="${escapeHtml(basename(path))}" onclick="event.stopPropagation()">` +
    `${escapeHtml(label)}</a>`
  )
}

/**
 * A link that downloads `content` from the notebook itself, with neither a kernel nor the file; a table's script finds there what its
 * button copies.
 *
 * @param format what the content is in, such as "CSV"
 */
export function embeddedLink(name: string, mimeType: string, content: string, format: string): string {
  const encoded = Buffer.from(content).toString('base64')
  return (
    `<a data-copy="${escapeHtml(format)}" href="data:${mimeType};base64,${encoded}" download="${escapeHtml(name)}">` +
    `Download ${escapeHtml(format)}</a>`
  )
}

/** A folded source text, which can be selected where scripts are blocked. */
export const foldedSource = (source: string, label: string): string =>
  `<details><summary>${escapeHtml(label)}</summary><pre>${escapeHtml(source)}</pre></details>`
