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

/** A link that downloads `content` from the notebook itself, with neither a kernel nor the file. */
export function embeddedLink(name: string, mimeType: string, content: string, label: string): string {
  const encoded = Buffer.from(content).toString('base64')
  return `<a href="data:${mimeType};base64,${encoded}" download="${escapeHtml(name)}">${escapeHtml(label)}</a>`
}

/** A folded source text with a button that copies it; where scripts are blocked it can be unfolded and selected. */
export function foldedSource(source: string, label: string): string {
  const copy =
    "const source=this.parentNode.querySelector('pre');" +
    "navigator.clipboard.writeText(source.textContent).then(()=>{this.textContent='Copied'}," +
    "()=>{this.parentNode.querySelector('details').open=true;getSelection().selectAllChildren(source)})"
  return (
    `<div><button type="button" onclick="${escapeHtml(copy)}">Copy ${escapeHtml(label)}</button>` +
    `<details><summary>${escapeHtml(label)}</summary><pre>${escapeHtml(source)}</pre></details></div>`
  )
}
