import { expect, test } from 'vitest'
import { changedSources, sourceDigests } from '../../src/runner/source-digests.js'
import { NOTEBOOK_FOLDER, notebookOf } from './notebooks.js'

const fixtures = 'test/runner/fixtures/src'

test('the sources that a notebook imports are found through one another, without packages', async () => {
  const digests = await sourceDigests(
    notebookOf(`import {\n  square,\n} from '../src/shapes.js'\nimport { join } from 'node:path'`),
    NOTEBOOK_FOLDER,
  )
  expect(Object.keys(digests)).toEqual([
    `${fixtures}/geometry/area.ts`,
    `${fixtures}/geometry/point.ts`,
    `${fixtures}/shapes.ts`,
  ])
  for (const digest of Object.values(digests)) expect(digest).toMatch(/^[0-9a-f]{12}$/)
  expect(changedSources({ thesis: { sources: digests } })).toEqual([])
})

test('a source that is another or is gone is named', () => {
  const sources = { [`${fixtures}/shapes.ts`]: '000000000000', [`${fixtures}/gone.ts`]: '000000000000' }
  expect(changedSources({ thesis: { sources } })).toEqual([`${fixtures}/gone.ts`, `${fixtures}/shapes.ts`])
  expect(changedSources({})).toEqual([])
})

test('a notebook that imports nothing, or what is not there, has none', async () => {
  expect(await sourceDigests(notebookOf('1 + 1'), NOTEBOOK_FOLDER)).toEqual({})
  expect(await sourceDigests(notebookOf(`import '../src/missing.js'`), NOTEBOOK_FOLDER)).toEqual({})
})
