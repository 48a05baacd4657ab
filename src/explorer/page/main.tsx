import { render } from 'preact'
import { readExamples } from '../shared/examples.js'
import { gunzip } from '../shared/gzip.js'
import type { Manifest } from '../shared/manifest.js'
import { App } from './app.js'
import { itemsOf } from './parts/sequence.js'
import { stateOfLink } from './state/link.js'
import { firstState } from './state/state.js'

const manifest: Manifest = JSON.parse(document.getElementById('manifest')!.textContent!)

/** The first test sequence, which stands in the page. */
async function firstItems() {
  const dataset = manifest.datasets[0]!
  const compressed = Uint8Array.from(atob(manifest.first), (letter) => letter.charCodeAt(0))
  return itemsOf(readExamples(await gunzip(compressed), dataset), 0, dataset.problem.items)
}

const first = firstState(manifest, await firstItems())
const linked = stateOfLink(location.hash, manifest, first)
render(<App manifest={manifest} first={first} linked={linked} />, document.getElementById('explorer')!)
