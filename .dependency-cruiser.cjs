// Imports go one way, without circles. Each layer names the only folders of src/ it may import; `thesis` and `commands`,
// where the layers are put together, may import any below them.
const layers = {
  files: [],
  values: [],
  network: ['values'],
  statistics: [],
  setup: ['files', 'lab'],
  // Runs in JupyterLab's page.
  lab: ['figures'],
  backend: ['network'],
  architectures: ['network', 'values'],
  explanation: ['network', 'values'],
  data: ['files', 'values'],
  training: ['data', 'files', 'network'],
  evaluation: ['statistics', 'values'],
  catalogue: ['architectures', 'data', 'evaluation', 'explanation', 'network', 'values'],
  // Its export writes files; all else of it is core.
  figures: ['catalogue', 'files', 'statistics', 'values'],
  runner: ['files', 'values'],
  checks: ['files', 'runner'],
  importing: ['architectures', 'files', 'network', 'values'],
  notebook: ['figures', 'values', 'files'],
  sweep: ['figures', 'files', 'notebook', 'runner'],
}

// What runs anywhere, so also in a browser: it imports nothing of Node and nothing that does.
const core = ['values', 'network', 'architectures', 'explanation', 'evaluation', 'statistics', 'catalogue', 'lab']

const CORE = `^src/((${core.join('|')})/|core\\.ts$|data/[^/]+$|figures/(?!export/))`

// What of the explorer runs in the browser: core, and the reader of safetensors, which needs nothing of Node either.
const EXPLORER_PAGES = '^src/explorer/(page|shared|worker)/'

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
      name: 'core-runs-without-node',
      severity: 'error',
      from: { path: CORE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-imports-core-only',
      severity: 'error',
      from: { path: CORE },
      to: { path: '^src/', pathNot: CORE },
    },
    {
      name: 'explorer-pages-import-core-only',
      severity: 'error',
      from: { path: EXPLORER_PAGES },
      to: { path: '^src/', pathNot: `${EXPLORER_PAGES}|${CORE}|^src/files/safetensors\\.ts$` },
    },
    {
      name: 'explorer-pages-run-without-node',
      severity: 'error',
      from: { path: EXPLORER_PAGES },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'explorer-page-leaves-computing-to-its-worker',
      severity: 'error',
      from: { path: '^src/explorer/(page|shared)/' },
      to: { path: ['^src/explorer/worker/', '@tensorflow'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-explorer-but-commands',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(explorer|commands)/' },
      to: { path: '^src/explorer/' },
    },
    {
      name: 'core-and-thesis-know-no-kernel',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(checks|notebook|runner)/' },
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
