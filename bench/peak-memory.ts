import { readFileSync } from 'node:fs'

/** The most bytes of memory that this process has taken. */
export function peakMemory(): number {
  try {
    // Unlike the resource usage, leaves out what the process was forked from.
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))!
    return Number(kilobytes) * 1024
  } catch {
    return process.resourceUsage().maxRSS * 1024
  }
}
