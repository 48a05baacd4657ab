import { createRequire } from 'node:module'

// By this file's own place, so that an installed package finds what it depends on wherever the process runs.
const ownRequire = createRequire(import.meta.url)

/**
 * Loads a package when it is first needed, so that importing the figures stays quick. The caller names the part of the package's
 * interface it uses: the packages' own declarations pull the whole DOM library into the type check of every notebook cell.
 *
 * @throws if the package is not installed
 */
export function loadPackage<Interface>(name: string): Interface {
  try {
    return ownRequire(name)
  } catch (error) {
    throw new Error(
      `Exporting figures needs the package "${name}": run npm install in the project's folder`,
      {
        cause: error,
      },
    )
  }
}

/**
 * The path of a file inside an installed package, such as `computer-modern/fonts/cmu-serif-500-roman.ttf`.
 *
 * @throws if the package is not installed
 */
export function packageFile(path: string): string {
  try {
    return ownRequire.resolve(path)
  } catch (error) {
    throw new Error(`Exporting figures needs "${path}": run npm install in the project's folder`, {
      cause: error,
    })
  }
}
