/** Keeps the last values that were made, by key; one that fails to be made is made anew. */
export function recent<Value>(most: number): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const kept = new Map<string, Value>()
  return async (key, make) => {
    const value = kept.get(key) ?? (await make())
    kept.delete(key)
    kept.set(key, value)
    for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) kept.delete(oldest)
    return value
  }
}
