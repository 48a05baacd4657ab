import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { moduleBeside } from '../../src/files/module-beside.js'
import { isInstalled, packageRoot, workingRoot } from '../../src/files/places.js'
import { projectRoot } from '../../src/files/project-root.js'
import { temporaryFolder, writeAll } from '../data/synthetic.js'

const project = projectRoot()

afterEach(() => {
  vi.restoreAllMocks()
})

const workingIn = (folder: string) => vi.spyOn(process, 'cwd').mockReturnValue(folder)

describe('inside the project', () => {
  it('what is shipped is read, and what is made is written, in the project', () => {
    workingIn(join(project, 'notebooks'))
    expect([packageRoot(), workingRoot(), isInstalled()]).toEqual([project, project, false])
  })

  it('that is a copy, both are in the copy', () => {
    const copy = writeAll(temporaryFolder(), { 'package.json': '{"name": "executable-thesis"}' })
    workingIn(copy)
    expect([packageRoot(), workingRoot(), isInstalled()]).toEqual([copy, copy, false])
  })
})

describe('outside the project', () => {
  it('what is shipped is read where this package lies, and what is made is written to the working folder', () => {
    workingIn('/')
    expect([packageRoot(), workingRoot(), isInstalled()]).toEqual([project, '/', true])
  })
})

describe('a module beside another', () => {
  it('has its extension, so that it is found in the sources and in the built package', () => {
    expect(moduleBeside('./worker', 'file:///a/src/main.ts').href).toBe('file:///a/src/worker.ts')
    expect(moduleBeside('../b/worker', 'file:///a/dist/main.js').href).toBe('file:///a/b/worker.js')
  })
})
