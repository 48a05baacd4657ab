import { extname } from 'node:path'

/**
 * The file of a module that lies beside another, given without its extension: TypeScript in the project, JavaScript in the
 * built package.
 *
 * @param url the other's `import.meta.url`
 */
export const moduleBeside = (path: string, url: string): URL => new URL(`${path}${extname(url)}`, url)
