import { escapeHtml, type MimeBundle } from './display.js'

const NOT_INTERACTIVE = 'Not interactive: its data would make the notebook too large.'

/** What a figure shows, in words that fold out below it; a figure that is only a picture is said to be. */
export function textAlternative(
  alt: string,
  { isInteractive }: { readonly isInteractive: boolean },
): MimeBundle {
  const details = `<details><summary><small>Text alternative</small></summary><p>${escapeHtml(alt)}</p></details>`
  const note = isInteractive ? '' : `<p><small>${NOT_INTERACTIVE}</small></p>`
  return {
    'text/html': note + details,
    'text/plain': `Text alternative: ${alt}${isInteractive ? '' : ` ${NOT_INTERACTIVE}`}`,
  }
}
