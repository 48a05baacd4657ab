import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readSums, SUMS, sumOf } from '../../files/sha256-sums.js'
import { readGolden } from '../../thesis/golden-file.js'
import type { Subject } from '../subject.js'
import { tensor } from './values.js'

const FILE = 'small.json'

const plain = (shape: readonly number[], phase: number) => {
  const { shape: sides, values } = tensor(shape, phase)
  return { shape: sides, values: Array.from(values) }
}

export const goldenFiles: readonly Subject[] = [
  {
    kind: 'golden file',
    isSealed: true,
    names: [SUMS],
    make(folder, variant) {
      const pixels = [2, 4, 6]
      const golden = {
        architecture: 'shallow',
        geometry: { rows: 4, stepColumns: 3, steps: 2, classes: 3 },
        ...{ units: { hidden: 2, recurrent: 2 }, inputRange: [-1, 1] },
        parameters: { 'hidden.kernel': plain([14, 2], variant), 'hidden.bias': plain([2], variant) },
        ...{ sequences: plain(pixels, variant), target: [0, 2], logits: plain([2, 3], variant) },
        relevance: { sensitivity: plain(pixels, variant + 1), deepTaylor: plain(pixels, variant + 2) },
      }
      const text = JSON.stringify(golden)
      writeFileSync(join(folder, FILE), text)
      writeFileSync(join(folder, SUMS), `${sumOf(text)}  ${FILE}\n`)
    },
    read(folder) {
      const sums = readSums(folder)
      try {
        return JSON.stringify(readGolden(folder, FILE, sums))
      } catch (error) {
        // The command prints the name of the file before what is wrong with it.
        if (error instanceof Error) error.message = `${FILE}: ${error.message}`
        throw error
      }
    },
  },
]
