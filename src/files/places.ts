import { projectRoot } from './project-root.js'

/**
 * The folder that holds what is shipped, such as `data/checkpoints`: the project's where the process runs inside it, and
 * otherwise that of this package, as it is installed for another project.
 */
export const packageRoot = (): string => insideProject() ?? projectRoot(import.meta.dirname)

/**
 * The folder in which files are written, such as `results/checkpoints` or `data/mnist`: the project's where the process runs
 * inside it, and otherwise the working folder, so that an installed package stays as it is.
 */
export const workingRoot = (): string => insideProject() ?? process.cwd()

/** Whether the process runs outside this project, which then is a package that another one uses. */
export const isInstalled = (): boolean => insideProject() === null

function insideProject(): string | null {
  try {
    return projectRoot()
  } catch {
    return null
  }
}
