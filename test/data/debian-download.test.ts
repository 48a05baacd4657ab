import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { downloadDebianPackage } from '../../src/data/sources/debian-download.js'
import { debianSource } from '../../src/data/sources/fetch-debian.js'
import { smallContents, smallFiles, temporaryFolder, writeAll } from './synthetic.js'

afterEach(() => vi.unstubAllEnvs())

/**
 * Puts stand-ins for apt-get and dpkg-deb before all other programs. apt-get notes how it was called; it "downloads"
 * some-data once its lists are there: those of the machine, or those of its own after an update.
 */
function fakePrograms(state: { lists: boolean; update: 'works' | 'fails' }): { calls: () => string[] } {
  const folder = temporaryFolder()
  const content = join(folder, 'content', 'usr', 'share', 'data')
  writeAll(
    content,
    Object.fromEntries(Object.entries(smallContents).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)])),
  )
  const programs = writeAll(join(folder, 'programs'), {
    'apt-get': `#!/bin/sh
shift 2
echo "$*" >> ${folder}/calls
cp apt.conf ${folder}/apt.conf
case "$*" in
  update) ${state.update === 'works' ? `touch ${folder}/lists` : 'echo "E: no network" >&2; exit 100'} ;;
  "download some-data") if [ -e ${folder}/lists ]; then touch some-data_1_all.deb
    else echo "W: chatter" >&2; echo "E: Unable to locate package some-data" >&2; exit 100; fi ;;
  *) exit 1 ;;
esac`,
    'dpkg-deb': `#!/bin/sh
[ "$1 $2" = "--extract some-data_1_all.deb" ] && cp -r ${folder}/content "$3"`,
  })
  for (const name of readdirSync(programs)) chmodSync(join(programs, name), 0o755)
  if (state.lists) writeAll(folder, { lists: '' })
  vi.stubEnv('PATH', `${programs}:${process.env.PATH}`)
  return { calls: () => readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n') }
}

describe('a Debian package', () => {
  it('is downloaded with the lists of the machine where there are some', async () => {
    const { calls } = fakePrograms({ lists: true, update: 'fails' })
    const content = await downloadDebianPackage('some-data', temporaryFolder(), () => {})
    expect(readdirSync(join(content, 'usr', 'share', 'data'))).toHaveLength(4)
    expect(calls()).toEqual(['download some-data'])
  })

  it('is downloaded on a fresh machine after an update within the folder', async () => {
    const { calls } = fakePrograms({ lists: false, update: 'works' })
    const folder = temporaryFolder()
    const log: string[] = []
    await downloadDebianPackage('some-data', folder, (line) => log.push(line))
    expect(calls()).toEqual(['download some-data', 'update', 'download some-data'])
    expect(log.join('\n')).toContain('Unable to locate package some-data; trying again')
    const configuration = readFileSync(join(folder, 'apt.conf'), 'utf8')
    expect(configuration).toContain(`Dir::State "${folder}/state";`)
    expect(configuration).toContain(`Dir::Cache "${folder}/cache";`)
    expect(configuration).toContain('#clear APT::Update::Post-Invoke;')
  })

  it('that cannot be had is reported with the last words of apt-get', async () => {
    fakePrograms({ lists: false, update: 'fails' })
    const log: string[] = []
    await expect(
      downloadDebianPackage('some-data', temporaryFolder(), (line) => log.push(line)),
    ).rejects.toThrow('apt-get failed: E: Unable to locate package some-data')
    expect(log.at(-1)).toBe('apt-get failed: E: no network')
  })

  it('is not looked for twice on a system without apt-get', async () => {
    vi.stubEnv('PATH', temporaryFolder())
    await expect(downloadDebianPackage('some-data', temporaryFolder(), () => {})).rejects.toThrow(
      'there is no apt-get on this machine',
    )
  })

  it('as a source gives the files it holds and cleans up, whether it works or not', async () => {
    const project = temporaryFolder()
    const cache = join(project, 'node_modules', '.cache')
    fakePrograms({ lists: true, update: 'works' })
    const works = debianSource('some-data', '/usr/share/data', project)
    expect(await works.read(smallFiles, () => {})).toHaveLength(4)
    const lacks = debianSource('some-data', '/usr/share/other', project)
    await expect(lacks.read(smallFiles, () => {})).rejects.toThrow('t10k-labels-idx1-ubyte missing from')
    expect(existsSync(cache)).toBe(true)
    expect(readdirSync(cache)).toEqual([])
  })
})
