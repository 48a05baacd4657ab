/** Where the extension's other files are: beside its script, which is the one that runs as this is loaded. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : ''

export const fileAddress = (name: string): string => new URL(name, script || document.baseURI).href

/** The faces of exported figures, as the extension's build writes them. */
export const faces = [
  { file: 'serif.woff2', weight: 'normal', style: 'normal' },
  { file: 'serif-italic.woff2', weight: 'normal', style: 'italic' },
  { file: 'serif-bold.woff2', weight: 'bold', style: 'normal' },
  { file: 'serif-bold-italic.woff2', weight: 'bold', style: 'italic' },
] as const

const FAMILY = 'CMU Serif'

const css = `
.jp-RenderedPlotly > .plot-img { zoom: 0.5; }
.thesis-figure { width: 100%; overflow-x: auto; overflow-y: hidden; position: relative; box-sizing: border-box; }
.thesis-figure-drawing { transform-origin: 0 0; }
.thesis-figure image { image-rendering: pixelated; }
.thesis-figure-menu { position: absolute; z-index: 20; display: flex; gap: 4px; padding: 4px; font-size: var(--jp-ui-font-size1);
  background: var(--jp-layout-color1); border: 1px solid var(--jp-border-color1); }
.thesis-figure-menu button { font: inherit; padding: 2px 8px; color: var(--jp-ui-font-color0); cursor: pointer;
  background: var(--jp-layout-color2); border: 1px solid var(--jp-border-color1); }
.thesis-figure-menu button:disabled { color: var(--jp-ui-font-color2); cursor: default; }
.thesis-note { margin: 4px 0 4px var(--jp-cell-prompt-width, 64px); padding: 4px 8px; font-size: var(--jp-content-font-size1);
  font-family: var(--jp-content-font-family); color: var(--jp-content-font-color1); border-left: 3px solid #1a85c8; }
`

/** Adds the extension's style sheet to the page, fonts and all. */
export function addStyle(): void {
  const rules = faces.map(
    ({ file, weight, style }) =>
      `@font-face { font-family: "${FAMILY}"; font-weight: ${weight}; font-style: ${style}; src: url("${fileAddress(file)}") format("woff2"); }`,
  )
  document.head.append(
    Object.assign(document.createElement('style'), { textContent: [...rules, css].join('\n') }),
  )
}

/** Loads the faces, since plotly measures its text with those that are there. */
export async function loadFonts(): Promise<void> {
  await Promise.all(
    faces.map(({ weight, style }) => document.fonts.load(`${style} ${weight} 12px "${FAMILY}"`)),
  )
}
