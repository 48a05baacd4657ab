import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { build } from 'esbuild'
import { writeAtomicallySync } from '../../files/write-atomically.js'
import { fontFiles } from '../../lab/font-files.js'
import { JUPYTER_FOLDER, PROJECT } from '../kernelspec.js'

const NAME = 'thesis-lab'
/** What did less of this under another name. */
const FORMER = 'thesis-figure-sizes'

const require = createRequire(import.meta.url)

/**
 * Builds the project's extension of JupyterLab where it is not what its sources say, and returns its folder; it is beside the kernel,
 * where every JupyterLab looks that finds the kernel through JUPYTER_PATH.
 */
export async function buildExtension(jupyterFolder: string = JUPYTER_FOLDER): Promise<string> {
  const folder = join(jupyterFolder, 'labextensions', NAME)
  rmSync(join(jupyterFolder, 'labextensions', FORMER), { recursive: true, force: true })
  const version = sourcesDigest()
  if (builtVersion(folder) === version) return folder
  const files = {
    ...Object.fromEntries(fontFiles.map(({ name, source }) => [name, readFileSync(require.resolve(source))])),
    'plotly.js': await bundled(require.resolve('plotly.js-dist'), 'esm'),
    'entry.js': await bundled(join(PROJECT, 'src', 'lab', 'entry.ts'), 'iife'),
  }
  mkdirSync(join(folder, 'static'), { recursive: true })
  for (const [name, content] of Object.entries(files))
    writeAtomicallySync(join(folder, 'static', name), content)
  // Last, since JupyterLab goes by it.
  writeAtomicallySync(join(folder, 'package.json'), `${JSON.stringify(description(version), null, 2)}\n`)
  return folder
}

const description = (digest: string) => ({
  name: NAME,
  version: `1.0.0+${digest}`,
  description: 'Live figures of the thesis, and cells that go on while their page is loaded anew',
  jupyterlab: {
    extension: true,
    mimeExtension: true,
    _build: { load: 'static/entry.js', extension: './extension', mimeExtension: './mimeExtension' },
  },
})

async function bundled(file: string, format: 'esm' | 'iife'): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [file],
    bundle: true,
    minify: true,
    write: false,
    format,
    platform: 'browser',
    target: 'es2022',
    legalComments: 'inline',
    logLevel: 'silent',
    // Its own module: the page's other plotly keeps its place.
    ...(format === 'esm' ? { banner: { js: 'const define = undefined;' } } : {}),
  })
  return outputFiles[0]!.contents
}

/** Changes with everything that the extension is made of. */
function sourcesDigest(): string {
  const folders = [join(PROJECT, 'src', 'lab'), join(PROJECT, 'src', 'figures', 'kit')]
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
  const packages = ['plotly.js-dist', 'computer-modern', '@expo-google-fonts/tinos'].map((name) =>
    join(PROJECT, 'node_modules', name, 'package.json'),
  )
  const hash = createHash('sha256')
  for (const file of [...files, ...packages, import.meta.filename]) hash.update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}

function builtVersion(folder: string): string | undefined {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return undefined
  const { version }: { version?: string } = JSON.parse(readFileSync(file, 'utf8'))
  return version?.split('+')[1]
}
