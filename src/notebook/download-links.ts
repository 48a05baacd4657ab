import { escapeHtml } from './display.js'
import { linkTo, projectPath } from './results.js'

/**
 * A link that downloads a file of the project's results folder. JupyterLab would open it in a tab of its own instead, from a
 * listener further out, so the click stays here; in a notebook that is not trusted it opens the tab.
 */
export function fileLink(path: string, label: string): string {
  const name = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
  return (
    `<a href="${escapeHtml(linkTo(path))}" download="${escapeHtml(name)}" title="${escapeHtml(projectPath(path))}" ` +
    `onclick="event.stopPropagation()">${escapeHtml(label)}</a>`
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
