import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { isJsonObject, objectField, parseJson } from './json.js'

/** How long notebooks take, from what they took before, so that a run of several can say how long it still needs. */
export class NotebookTimes {
  readonly #names: readonly string[]
  /** Seconds by name, of an earlier run until this one has measured its own. */
  readonly #seconds = new Map<string, number>()
  readonly #over = new Set<string>()

  /** @param outFolder where executed notebooks of an earlier run may be, under the same names */
  constructor(files: readonly string[], outFolder: string) {
    this.#names = files.map((file) => basename(file, '.ipynb'))
    for (const name of this.#names) {
      const before = recordedSeconds(join(outFolder, `${name}.ipynb`))
      if (before !== null) this.#seconds.set(name, before)
    }
  }

  ended(name: string, seconds: number): void {
    this.#over.add(name)
    this.#seconds.set(name, seconds)
  }

  /** Seconds that those which are not over will take, where nothing is known of one as long as the others; null where nothing is known of any. */
  get secondsLeft(): number | null {
    const known = [...this.#seconds.values()]
    if (known.length === 0) return null
    const mean = known.reduce((sum, one) => sum + one, 0) / known.length
    const open = this.#names.filter((name) => !this.#over.has(name))
    return open.reduce((sum, name) => sum + (this.#seconds.get(name) ?? mean), 0)
  }
}

/** What an executed notebook's record says of its duration. */
function recordedSeconds(file: string): number | null {
  try {
    const notebook = parseJson(readFileSync(file, 'utf8'))
    if (!isJsonObject(notebook)) return null
    const { duration } = objectField(objectField(notebook, 'metadata'), 'papermill')
    return typeof duration === 'number' && duration > 0 ? duration : null
  } catch {
    return null // There is none, or one that was cut off.
  }
}
