import type { DatasetSource } from './dataset-source.js'

/**
 * A folder on the web that holds each file under its name followed by `.gz`.
 *
 * @param patience milliseconds without a sign of life after which a download is given up
 */
export function mirrorSource(address: string, patience = 10_000): DatasetSource {
  const base = address.endsWith('/') ? address : `${address}/`
  return {
    name: base,
    advice: 'check the connection to the internet',
    read: async (files, log) => {
      const contents: Uint8Array[] = []
      for (const file of files) {
        log(`Downloading ${base}${file.name}.gz`)
        contents.push(await download(base, `${file.name}.gz`, patience))
      }
      return contents
    },
  }
}

async function download(base: string, name: string, patience: number): Promise<Uint8Array> {
  const abort = new AbortController()
  const silence = setTimeout(() => abort.abort(new Error(`silent for ${patience / 1000} s`)), patience)
  try {
    const response = await fetch(base + name, { signal: abort.signal })
    if (!response.ok) throw new Error(`status ${response.status} ${response.statusText}`)
    const reader = response.body?.getReader()
    const chunks: Uint8Array[] = []
    for (let part = await reader?.read(); part?.value !== undefined; part = await reader?.read()) {
      silence.refresh()
      chunks.push(part.value)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    throw new Error(`${name}: ${innermost(error)}`)
  } finally {
    clearTimeout(silence)
  }
}

/** fetch hides what happened ("connect ECONNREFUSED …") behind "fetch failed", as the error's cause. */
function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message || error.name : innermost(error.cause)
}
