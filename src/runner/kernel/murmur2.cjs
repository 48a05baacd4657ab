// MurmurHash2 of Austin Appleby (public domain) over the bytes of a text, by which JupyterLab names a cell to the debugger.

const M = 0x5bd1e995

/**
 * @param {string} text
 * @param {number} seed
 */
const murmur2 = (text, seed) => {
  const bytes = Buffer.from(text)
  const whole = bytes.length - (bytes.length % 4)
  let hash = seed ^ bytes.length
  for (let i = 0; i < whole; i += 4) {
    let part = Math.imul(bytes.readInt32LE(i), M)
    part = Math.imul(part ^ (part >>> 24), M)
    hash = Math.imul(hash, M) ^ part
  }
  const rest = bytes.subarray(whole)
  if (rest.length > 0) {
    for (const [i, byte] of rest.entries()) hash ^= byte << (8 * i)
    hash = Math.imul(hash, M)
  }
  hash = Math.imul(hash ^ (hash >>> 13), M)
  return (hash ^ (hash >>> 15)) >>> 0
}

module.exports = { murmur2 }
