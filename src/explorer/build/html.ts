import { strings } from '../page/strings/index.js'
import type { Manifest } from '../shared/manifest.js'

/** Nothing is fetched from elsewhere, and no script runs that is not a file beside the page. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "connect-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'%3E%3Crect width='16' height='16' rx='3' fill='%23fff'/%3E%3Cpath fill='%23c0410b' d='M2 3h3v10H2z'/%3E%3Cpath fill='%23f8976f' d='M6.5 6h3v7h-3z'/%3E%3Cpath fill='%23fcc2a4' d='M11 9h3v4h-3z'/%3E%3C/svg%3E"

/** The page: all that it needs to know stands in it, and its addresses are relative. */
export function html(manifest: Manifest, script: string, styles: string): string {
  const { title, description, noScript } = strings.page
  return `<!doctype html>
<html lang="${strings.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<meta name="description" content="${description}">
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${styles}">
<link rel="modulepreload" href="${script}">
</head>
<body>
<div id="explorer"></div>
<noscript>${noScript}</noscript>
<script type="application/json" id="manifest">${JSON.stringify(manifest).replaceAll('<', '\\u003c')}</script>
<script type="module" src="${script}"></script>
</body>
</html>
`
}
