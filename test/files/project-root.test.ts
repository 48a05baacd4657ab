import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/files/project-root.js'
import { temporaryFolder, writeAll } from '../data/synthetic.js'

const MINE = '{"name": "executable-thesis"}'

describe('the project folder', () => {
  it('is found from inside this project', () => {
    expect(existsSync(join(projectRoot(), 'package-lock.json'))).toBe(true)
    expect(projectRoot(join(projectRoot(), 'notebooks'))).toBe(projectRoot())
  })

  it('is the nearest one of its name, past other and unreadable package.json files', () => {
    const root = writeAll(temporaryFolder(), { 'package.json': MINE })
    const broken = writeAll(join(root, 'a'), { 'package.json': '{' })
    const other = writeAll(join(broken, 'b'), { 'package.json': '{"name": "other"}' })
    expect(projectRoot(join(other, 'does-not-exist'))).toBe(root)
  })

  it('is missed with a word on where to start', () => {
    expect(() => projectRoot('/')).toThrow('No package.json named "executable-thesis" in / or above')
  })
})
