/** What was compressed by gzip, as it was. */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}

/** Fetches a file of the explorer; throws an Error naming it where it is not there. */
export async function fetchBytes(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address).catch(() => null)
  if (!response?.ok) throw new Error(`${address.split('/').at(-1)} could not be fetched`)
  return new Uint8Array(await response.arrayBuffer())
}
