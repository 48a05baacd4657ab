import { createRequire } from 'node:module'
import { join } from 'node:path'

// Modules run as ES modules (tsx, vitest) and as CommonJS (notebook cells), which share no expression for "this file":
// packages are found from the working folder, which lies inside the project in both.
const projectRequire = createRequire(join(process.cwd(), 'package.json'))

/**
 * Loads a package when it is first needed, so that importing the figures stays quick. The caller names the part of the package's
 * interface it uses: the packages' own declarations pull the whole DOM library into the type check of every notebook cell.
 *
 * @throws if the package is not installed
 */
export function loadPackage<Interface>(name: string): Interface {
  try {
    return projectRequire(name)
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
    return projectRequire.resolve(path)
  } catch (error) {
    throw new Error(`Exporting figures needs "${path}": run npm install in the project's folder`, {
      cause: error,
    })
  }
}
