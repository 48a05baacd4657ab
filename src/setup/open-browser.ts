import { spawn } from 'node:child_process'
import { hasDisplay } from './lab/display.js'

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [program: string, ...words: string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
}

/** Opens an address in the user's browser where it would appear before them; otherwise nothing happens. */
export function openBrowser(address: string): void {
  if (!hasDisplay()) return
  const [program, ...words] = OPENERS[process.platform] ?? ['xdg-open']
  const opener = spawn(program, [...words, address], { stdio: 'ignore', detached: true })
  // The address has been printed: whoever has no such program opens it themselves.
  opener.on('error', () => {})
  opener.unref()
}
