import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { build, type Plugin } from 'esbuild'
import { addAsset, type Files } from './files.js'

const SOURCES = join(import.meta.dirname, '..')

/** What is never reached in a page that is not isolated: the WebAssembly of several threads. */
const WITHOUT_THREADS: Plugin = {
  name: 'without-threads',
  setup({ onLoad }) {
    onLoad({ filter: /tfjs-backend-wasm-threaded-simd(\.worker)?\.js$/ }, () => ({
      contents: 'export default undefined\nexport const wasmWorkerContents = undefined',
      loader: 'js',
    }))
  },
}

/** Bundles a module of the explorer for browsers, and adds it to the files; returns the path of its script. */
export async function addScript(files: Files, source: string, name: string): Promise<string> {
  const text = await bundle(source)
  return addAsset(files, `${name}.js`, text).file
}

async function bundle(source: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(SOURCES, source)],
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    target: ['es2022'],
    platform: 'browser',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    plugins: [WITHOUT_THREADS],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
  })
  return outputFiles[0]!.contents
}

/** Bundles the style sheets behind the theme's, and adds them to the files. */
export async function addStyles(files: Files, source: string, theme: string): Promise<string> {
  const path = join(SOURCES, source)
  const { outputFiles } = await build({
    stdin: {
      // Imports have to stand first; rules of the theme may follow, since they only define.
      contents: `${readFileSync(path, 'utf8')}\n${theme}`,
      loader: 'css',
      resolveDir: dirname(path),
      sourcefile: basename(path),
    },
    bundle: true,
    write: false,
    minify: true,
    external: ['*.woff2'],
    logLevel: 'silent',
  })
  return addAsset(files, 'explorer.css', outputFiles[0]!.contents).file
}
