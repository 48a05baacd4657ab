import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { debianSource } from '../../src/data/sources/fetch-debian.js'
import { readFolder } from '../../src/data/sources/fetch-folder.js'
import { mirrorSource } from '../../src/data/sources/fetch-mirror.js'
import { npmSource } from '../../src/data/sources/fetch-npm.js'
import { loadFrom } from '../../src/data/sources/load-dataset.js'
import { smallContents, smallDataset, smallFiles, temporaryFolder, writeAll } from './synthetic.js'

const silent = () => {}
const packed = Object.fromEntries(
  Object.entries(smallContents).map(([name, bytes]) => [`${name}.gz`, gzipSync(bytes)]),
)
const plain = (contents: readonly Uint8Array[]) => contents.map((bytes) => new Uint8Array(bytes))
const originals = smallFiles.map((file) => smallContents[file.name]!)

/** A server on this machine; returns its address. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return `http://127.0.0.1:${address.port}/data`
}

/** An address on this machine where a server was, and is no more. */
async function addressOfNobody(): Promise<string> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}/data`
}

describe('a folder', () => {
  it('may hold each file plain or gzipped, the plain one coming first', async () => {
    const [first, ...others] = smallFiles
    const folder = writeAll(temporaryFolder(), packed)
    writeAll(folder, { [first!.name]: 'plain' })
    const contents = await readFolder(folder, smallFiles)
    expect(Buffer.from(contents[0]!).toString()).toBe('plain')
    expect(plain(contents.slice(1))).toEqual(plain(others.map((file) => packed[`${file.name}.gz`]!)))
  })

  it('names every missing file', async () => {
    const folder = writeAll(temporaryFolder(), { 't10k-labels-idx1-ubyte': '' })
    await expect(readFolder(folder, smallFiles)).rejects.toThrow(
      `train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte missing from ${folder}`,
    )
  })
})

describe('an npm package', () => {
  it('gives the files of its folder data', async () => {
    const project = writeAll(temporaryFolder(), { 'package.json': '{}' })
    const folder = join(project, 'node_modules', 'some-data')
    writeAll(folder, { 'package.json': '{"name": "some-data"}' })
    writeAll(join(folder, 'data'), smallContents)
    expect(plain(await npmSource('some-data', project).read(smallFiles, silent))).toEqual(originals)
  })

  it('that is not installed is said to be missing', async () => {
    const project = writeAll(temporaryFolder(), { 'package.json': '{}' })
    await expect(npmSource('some-data', project).read(smallFiles, silent)).rejects.toThrow(
      `some-data is not installed in ${project}`,
    )
  })
})

describe('a mirror', () => {
  it('is asked for each gzipped file below its address, with or without a final slash', async () => {
    const asked: string[] = []
    const address = await serve((request, response) => {
      asked.push(request.url ?? '')
      response.end(packed[request.url?.split('/').at(-1) ?? ''])
    })
    for (const base of [address, `${address}/`]) {
      const loaded = await loadFrom(smallDataset, { path: temporaryFolder() }, [mirrorSource(base)])
      expect(loaded.source).toBe(`${address}/`)
      expect(loaded.train.count).toBe(5)
    }
    expect(asked.slice(0, 4)).toEqual(smallFiles.map((file) => `/data/${file.name}.gz`))
    expect(asked.slice(4)).toEqual(asked.slice(0, 4))
  })

  it('without the file is reported with its status', async () => {
    const address = await serve((_, response) => response.writeHead(404).end('no'))
    await expect(mirrorSource(address).read(smallFiles, silent)).rejects.toThrow(
      'train-images-idx3-ubyte.gz: status 404 Not Found',
    )
  })

  it('that never answers is given up', async () => {
    const address = await serve(() => {})
    await expect(mirrorSource(address, 50).read(smallFiles, silent)).rejects.toThrow(/gz: silent for 0.05 s/)
  })

  it('that falls silent half-way is given up', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 1000 }).write('half')
    })
    await expect(mirrorSource(address, 50).read(smallFiles, silent)).rejects.toThrow(/gz: silent for 0.05 s/)
  })

  it('that hangs up half-way fails', async () => {
    const address = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('half', () => response.destroy())
    })
    await expect(mirrorSource(address).read(smallFiles, silent)).rejects.toThrow(
      'train-images-idx3-ubyte.gz: ',
    )
  })

  it('that is not there is reported with the reason, not as "fetch failed"', async () => {
    const closed = await addressOfNobody()
    const message = await mirrorSource(closed)
      .read(smallFiles, silent)
      .then(
        () => '',
        (error: Error) => error.message,
      )
    expect(message).toContain('train-images-idx3-ubyte.gz: connect ECONNREFUSED')
    expect(message).not.toContain('fetch failed')
  })
})

describe('a Debian package', () => {
  it('that is installed is read where it keeps its files', async () => {
    const folder = writeAll(temporaryFolder(), packed)
    const contents = await debianSource('some-data', folder, temporaryFolder()).read(smallFiles, silent)
    expect(plain(contents)).toEqual(smallFiles.map((file) => new Uint8Array(packed[`${file.name}.gz`]!)))
  })
})
