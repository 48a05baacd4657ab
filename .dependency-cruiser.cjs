// Imports go one way, without circles. Each layer names the only folders of src/ it may import; `thesis` and `commands`,
// where the layers are put together, may import any below them.
const layers = {
  data: [],
  network: [],
  statistics: [],
  figures: [],
  setup: [],
  runner: [],
  architectures: ['network'],
  explanation: ['network'],
  training: ['data', 'network'],
  evaluation: ['explanation', 'statistics'],
  notebook: ['figures'],
  thesis: ['architectures', 'data', 'evaluation', 'explanation', 'figures', 'network', 'statistics', 'training'],
}

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolved', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: '^(bun:|@tensorflow/tfjs-node)' } },
    ...Object.entries(layers).map(([layer, allowed]) => ({
      name: `${layer}-imports-${allowed.join('-and-') || 'no-other-layer'}`,
      severity: 'error',
      from: { path: `^src/${layer}/` },
      to: { path: '^src/', pathNot: `^src/(${[layer, ...allowed].join('|')})/` },
    })),
    {
      name: 'only-notebook-knows-tslab',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(notebook|runner)/' },
      to: { path: 'tslab' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
