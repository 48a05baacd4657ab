import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname } from 'node:path'
import type { Files } from './files.js'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
}

/** A web server of static files on this machine alone. */
export interface Served {
  /** The address of the page. */
  readonly address: string
  close(): Promise<void>
}

/**
 * Serves files to this machine alone, under a path.
 *
 * @param port 0 for any that is free
 * @param path where the page is. Default: /
 * @throws Error naming the port where it is taken
 */
export async function serve(files: Files, { port = 0, path = '/' } = {}): Promise<Served> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const name = pathname.startsWith(path) ? pathname.slice(path.length) || 'index.html' : null
    const content = name === null ? undefined : files.get(name)
    if (content === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) {
      response.writeHead(content === undefined ? 404 : 405, { 'content-type': 'text/plain' })
      response.end()
      return
    }
    response.writeHead(200, {
      'content-type': TYPES[extname(name!)] ?? 'application/octet-stream',
      'content-length': content.length,
      // Names of assets change with what is in them.
      'cache-control': name!.startsWith('assets/') ? 'max-age=31536000, immutable' : 'no-cache',
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : content)
  })
  await listen(server, port)
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new Error(`port ${port} is taken; --port names another`) : error),
    )
    server.listen(port, '127.0.0.1', () => resolve())
  })
