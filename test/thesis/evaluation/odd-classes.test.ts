import { expect, test } from 'vitest'
import { provenance } from '../../../src/data/provenance.js'
import { oddClasses } from '../../../src/thesis/evaluation/odd-classes.js'
import { tinySequences } from '../tiny.js'

test('the odd class is that of the item that is not relevant', () => {
  const sequences = tinySequences()
  const odd = provenance(sequences, 8).find(({ relevant }) => !relevant)!
  expect(oddClasses(sequences, [8])).toEqual([odd.label])
})
