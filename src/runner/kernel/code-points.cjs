// Jupyter counts characters as Unicode does; strings of JavaScript count those beyond the first plane twice.

/**
 * A place in a string from the number of characters before it.
 * @param {string} text
 * @param {number} characters
 */
const toIndex = (text, characters) => {
  let index = 0
  for (let i = 0; i < characters && index < text.length; i++)
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1
  return index
}

/**
 * The number of characters before a place in a string.
 * @param {string} text
 * @param {number} index
 */
const toCharacters = (text, index) => [...text.slice(0, index)].length

module.exports = { toCharacters, toIndex }
