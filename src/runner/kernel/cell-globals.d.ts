// What cells of this kernel find without importing it.

/** Shows a value in the cell's output: `display.html('<b>bold</b>')`; tslab's own, which `import { display } from 'tslab'` gives too. */
declare const display: import('tslab').Display

/**
 * Removes what the running cell has shown so far.
 *
 * @param wait until something new is shown, which avoids flicker. Default: false
 */
declare function clearOutput(wait?: boolean): void

/**
 * Asks the reader for a line of text, in the front end.
 *
 * @param message what is asked
 * @param options `password: true` hides what is typed
 * @throws Error where the front end cannot be asked, as when a notebook runs without one
 */
declare function input(message?: string, options?: { readonly password?: boolean }): Promise<string>

/**
 * Asks the reader for a line of text and waits for it; the answer, or `defaultText` where nothing was typed.
 *
 * @throws as `input`
 */
declare function prompt(message?: string, defaultText?: string): string | null
