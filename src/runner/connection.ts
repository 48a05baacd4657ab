import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { capability } from 'zeromq'
import { isAbandoned, temporaryOf } from '../files/temporary-files.js'
import { unwritten } from '../files/unwritten.js'

/** How the sockets of a kernel are reached: files in a folder of their own, or ports of this machine. */
export type Transport = 'ipc' | 'tcp'

/** A connection file for a kernel about to start. */
export interface Connection {
  readonly file: string
  readonly key: string
  address(channel: Channel): string
  /** Removes the file and the sockets. */
  remove(): void
}

const CHANNELS = ['shell', 'iopub', 'stdin', 'control', 'hb'] as const
export type Channel = (typeof CHANNELS)[number]

// The shortest limit among the operating systems is 104 bytes with the closing zero.
const LONGEST_SOCKET_PATH = 100

/** Chooses addresses for a kernel and writes its connection file, by default with ipc where the system can. */
export const createConnection = async (wanted?: Transport): Promise<Connection> => {
  const canUseIpc = capability.ipc === true && process.platform !== 'win32'
  const longest = join(tmpdir(), 'nb-123456', 's-5')
  const fits = Buffer.byteLength(longest) <= LONGEST_SOCKET_PATH
  const transport = wanted ?? (canUseIpc && fits ? 'ipc' : 'tcp')
  const ports = transport === 'ipc' ? [1, 2, 3, 4, 5] : await freePorts(CHANNELS.length)
  // Paths of sockets are short, so that these cannot lie inside the project.
  removeAbandonedFolders()
  const folder = mkdtempSync(join(tmpdir(), 'nb-'))
  writeFileSync(temporaryOf(join(folder, 'runner')), '')
  const ip = transport === 'ipc' ? join(folder, 's') : '127.0.0.1'
  const portOf = (channel: Channel): number => ports[CHANNELS.indexOf(channel)] ?? 0
  const key = randomUUID()
  const file = join(folder, 'connection.json')
  const names = CHANNELS.map((channel) => [`${channel}_port`, portOf(channel)])
  const content = { transport, ip, key, signature_scheme: 'hmac-sha256', ...Object.fromEntries(names) }
  try {
    writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw unwritten(file, error)
  }
  return {
    file,
    key,
    address: (channel) => `${transport}://${ip}${transport === 'ipc' ? '-' : ':'}${portOf(channel)}`,
    // A kernel that is being ended may still add a socket.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

let isTidy = false

/** Removes the folders of runners that were killed; the name of a file in each says which process made it. */
const removeAbandonedFolders = (): void => {
  if (isTidy) return
  isTidy = true
  for (const name of readdirSync(tmpdir())) {
    if (!/^nb-[A-Za-z0-9]{6}$/.test(name)) continue
    const folder = join(tmpdir(), name)
    try {
      const isLeft = readdirSync(folder).some((file) => isAbandoned(join(folder, file)))
      if (isLeft) rmSync(folder, { recursive: true, force: true })
    } catch {
      // It is another user's, or goes away by itself.
    }
  }
}

const freePorts = async (count: number): Promise<number[]> => {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject).listen(0, '127.0.0.1', resolve)
      })
      return server
    }),
  )
  const ports = servers.map((server) => {
    const address = server.address()
    return typeof address === 'object' && address !== null ? address.port : 0
  })
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return ports
}
