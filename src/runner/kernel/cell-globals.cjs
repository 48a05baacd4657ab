// What cells find without importing it; cell-globals.d.ts says the same in types.

/**
 * @param {object} kernel
 * @param {import('./kernel-types.js').TslabDisplay['display']} kernel.display tslab's module
 * @param {import('./user-input.cjs').UserInput} kernel.input
 * @param {(wait?: boolean) => void} kernel.clearOutput
 */
const installCellGlobals = ({ display, input, clearOutput }) => {
  const values = {
    display: display.display,
    clearOutput,
    input: (
      /** @type {string} */ message = '',
      /** @type {{password?: boolean}} */ { password = false } = {},
    ) => input.ask(message, password),
    prompt: (/** @type {string} */ message = '', /** @type {string | null} */ defaultText = null) =>
      input.askAndWait(message) || defaultText,
  }
  // Not enumerable, so that whoever lists what is global finds what Node has.
  for (const [name, value] of Object.entries(values))
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true })
}

module.exports = { installCellGlobals }
