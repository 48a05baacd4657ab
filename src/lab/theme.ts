import type { DarkPage } from './dark-figure.js'

/** JupyterLab's page where its theme is dark, else null. */
export function darkPage(): DarkPage | null {
  if (document.body.dataset.jpThemeLight !== 'false') return null
  const color = getComputedStyle(document.body).getPropertyValue('--jp-layout-color0').trim()
  return { page: hex(color) ?? '#111111', ink: '#e8e8e8' }
}

/** Calls `react` whenever JupyterLab's theme changes, once its style sheet is there, until what is returned is called. */
export function onThemeChanged(react: () => void): () => void {
  const observer = new MutationObserver(() => requestAnimationFrame(react))
  observer.observe(document.body, {
    attributes: true,
    attributeFilter: ['data-jp-theme-light', 'data-jp-theme-name'],
  })
  return () => observer.disconnect()
}

function hex(color: string): string | null {
  if (/^#[0-9a-f]{6}$/i.test(color)) return color
  if (/^#[0-9a-f]{3}$/i.test(color)) return color.replace(/[0-9a-f]/gi, '$&$&')
  return null
}
