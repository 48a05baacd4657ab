// What programs load: tfjs-node, with the two functions of node:util that it calls and Node 23 removed (Node 22 warns about them).
const util = require('node:util')

if (Number.parseInt(process.versions.node, 10) >= 22) {
  util.isNullOrUndefined = (value) => value === null || value === undefined
  util.isArray = Array.isArray
}

module.exports = require('@tensorflow/tfjs-node')
