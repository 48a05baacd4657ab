import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'

const read = (file: string) => readFileSync(join(projectRoot(), file), 'utf8')
const { name, version, license } = JSON.parse(read('package.json'))

describe('how the software is cited', () => {
  it('CITATION.cff is of the name, version and licence of the package', () => {
    const line = (key: string) => new RegExp(`^${key}: (.*)$`, 'm').exec(read('CITATION.cff'))?.[1]
    expect([line('title'), line('version'), line('license')]).toEqual([name, version, license])
    expect(line('cff-version')).toBe('1.2.0')
  })

  it('codemeta.json is of the name, version and licence of the package', () => {
    const codemeta = JSON.parse(read('codemeta.json'))
    expect(codemeta).toMatchObject({ name, version, license: `https://spdx.org/licenses/${license}` })
  })
})
