// Explains shipped networks, as a project does that installed the package; writes what it found to plain.json.
import { writeFileSync } from 'node:fs'
import {
  describe,
  evaluateModels,
  explain,
  exportFigure,
  geometryOf,
  heatmapFigure,
  loadModel,
  majority,
  presets,
  recipe,
  scoreTable,
  useBackend,
} from 'executable-thesis'

await useBackend('wasm')
const model = await loadModel('mnist-maj', 'r-lstm')
const { test } = await majority('mnist-maj')
const explained = await explain(model, test, [0, 1, 2], { method: 'deepTaylor' })
const [evaluation] = await evaluateModels([recipe('mnist-maj', 'r-lstm')], {
  methods: ['sensitivity', 'deepTaylor'],
  limit: 40,
})
const files = await exportFigure(heatmapFigure([explained.heatmap(0)]), 'figures/heatmap', {
  ...presets['single-column'],
  formats: ['svg', 'png'],
})
const heatmap = explained.heatmap(0)
writeFileSync(
  'plain.json',
  JSON.stringify({
    ledgers: explained.ledger(),
    byStep: explained.byStep(),
    byItem: explained.byItem(),
    target: Array.from(explained.target),
    scores: scoreTable(evaluation).objects(),
    files: files.map(({ format, bytes }) => ({ format, bytes })),
    // What the browser's part needs to explain the same sequence.
    browser: {
      units: model.configuration.units,
      fingerprint: describe(model.architecture, geometryOf(model.configuration.problem, model.dataset))
        .fingerprint,
      parameters: Object.entries(model.parameters).map(([name, { shape, values }]) => ({
        name,
        shape,
        values: Array.from(values),
      })),
      pixels: Array.from(heatmap.pixels),
      target: explained.target[0],
      relevance: Array.from(heatmap.values),
    },
  }),
)
