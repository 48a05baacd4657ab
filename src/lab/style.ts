import { fontFiles } from './font-files.js'

/** Where the extension's other files are: beside its script, which is the one that runs as this is loaded. */
const script = document.currentScript instanceof HTMLScriptElement ? document.currentScript.src : ''

export const fileAddress = (name: string): string => new URL(name, script || document.baseURI).href

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
  const rules = fontFiles.map(
    ({ family, weight, style, name }) =>
      `@font-face { font-family: "${family}"; font-weight: ${weight}; font-style: ${style}; src: url("${fileAddress(name)}"); }`,
  )
  document.head.append(
    Object.assign(document.createElement('style'), { textContent: [...rules, css].join('\n') }),
  )
}

/** Loads the faces of the first of some families, where it is one of figures: plotly measures its text with what is there. */
export async function loadFonts(families: string): Promise<void> {
  const family = families.split(',')[0]!.replace(/["']/g, '').trim()
  const own = fontFiles.filter((face) => face.family === family)
  await Promise.all(
    own.map(({ weight, style }) => document.fonts.load(`${style} ${weight} 12px "${family}"`)),
  )
}
