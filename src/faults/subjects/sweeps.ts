import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordMimeType } from '../../notebook/record.js'
import { readRun } from '../../sweep/read-run.js'
import { claimFolder, readRecord, writeRecord } from '../../sweep/sweep-folder.js'
import { inside } from '../inside.js'
import type { Subject } from '../subject.js'

const RUN = 'rate=1'
const CODE = '0123456789ab'

const record: Subject = {
  kind: 'record of a sweep',
  isSealed: true,
  make(folder, variant) {
    writeRecord(join(folder, RUN), {
      ...{
        parameters: { rate: 1 },
        status: 'finished',
        seconds: 2.5 + variant,
        code: variant === 0 ? CODE : 'ba9876543210',
      },
      numbers: { accuracy: 0.5 + variant / 10, loss: 'Infinity' },
    })
  },
  read(folder) {
    const found = readRecord(join(folder, RUN))
    // One of other code or parameters runs again.
    return found?.code === CODE ? JSON.stringify(found) : null
  },
}

const SWEEP = join('results', 'sweeps', 'rates')

const claim: Subject = {
  kind: 'sweep.json',
  isSealed: false,
  names: [SWEEP],
  mayMake: ['sweep.json'],
  make(folder, variant) {
    mkdirSync(join(folder, SWEEP), { recursive: true })
    writeFileSync(
      join(folder, SWEEP, 'sweep.json'),
      `${JSON.stringify({ notebook: `notebooks/0${variant}.ipynb` }, null, 2)}\n`,
    )
  },
  async read(folder) {
    const notebook = join(folder, 'notebooks', '00.ipynb')
    await inside(folder, () => claimFolder(join(folder, SWEEP), notebook))
    return 'claimed'
  },
}

const executed: Subject = {
  kind: 'executed notebook of a run',
  isSealed: false,
  make(folder, variant) {
    mkdirSync(join(folder, 'figures'))
    const csv = Buffer.from('network,cosine\ndeep,0.7\n').toString('base64')
    const outputs = [
      { [recordMimeType]: { numbers: [{ name: 'accuracy', value: 0.5 + variant }] } },
      { 'image/png': 'iVBORw0KGgo=' },
      { 'text/html': `<a href="data:text/csv;base64,${csv}" download="scores.csv">CSV</a>` },
    ].map((data) => ({ output_type: 'display_data', data, metadata: {} }))
    const parameters = {
      ...{
        cell_type: 'code',
        id: 'p',
        metadata: { tags: ['parameters'] },
        source: 'const parameters = { rate: 1 }',
      },
      ...{ outputs: [], execution_count: 1 },
    }
    const shows = { cell_type: 'code', id: 's', metadata: {}, source: 'show()', outputs, execution_count: 2 }
    const content = { cells: [parameters, shows], metadata: {}, nbformat: 4, nbformat_minor: 5 }
    writeFileSync(join(folder, 'run.ipynb'), `${JSON.stringify(content, null, 1)}\n`)
    writeFileSync(join(folder, 'figures', 'curve.svg'), `<svg>${variant}</svg>`)
    writeRecord(folder, { parameters: {}, status: 'finished', seconds: 1, code: '0', numbers: {} })
  },
  read(folder) {
    const { parameters, numbers, tables, figures, saved, code } = readRun(join(folder, 'run.ipynb'))
    const plain = [numbers, tables, figures, saved ?? new Map(), code].map((map) => [...map])
    return JSON.stringify([parameters, plain, saved === null])
  },
}

export const sweeps: readonly Subject[] = [record, claim, executed]
