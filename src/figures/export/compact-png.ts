import { readFileSync } from 'node:fs'
import { loadPackage, packageFile } from './packages.js'

interface OxipngPackage {
  initSync(wasm: Uint8Array): void
  optimise(png: Uint8Array, level: number, interlace: boolean, optimiseAlpha: boolean): Uint8Array
}

/** Of 0 to 6: the next one takes half as long again and saves a few hundredths more. */
const LEVEL = 1

let oxipng: OxipngPackage | undefined

/** The same pixels and texts in about half the bytes; a page-wide heatmap takes a second. */
export function compactPng(png: Uint8Array): Uint8Array {
  if (oxipng === undefined) {
    const folder = '@jsquash/oxipng/codec/pkg'
    oxipng = loadPackage<OxipngPackage>(`${folder}/squoosh_oxipng.js`)
    oxipng.initSync(readFileSync(packageFile(`${folder}/squoosh_oxipng_bg.wasm`)))
  }
  return oxipng.optimise(png, LEVEL, false, false)
}
