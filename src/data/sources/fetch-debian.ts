import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetSource } from './dataset-source.js'
import { downloadDebianPackage } from './debian-download.js'
import { readFolder } from './fetch-folder.js'

/**
 * A Debian package, as installed on this machine or else downloaded and unpacked in a temporary folder of the project.
 *
 * @param dataFolder where the package keeps the files, such as `/usr/share/datasets/fashion-mnist`
 */
export function debianSource(packageName: string, dataFolder: string, projectFolder: string): DatasetSource {
  return {
    name: `Debian package ${packageName}`,
    advice:
      `use a Debian-like system that reaches its package server, or download ${packageName} elsewhere and ` +
      `unpack it with "dpkg-deb -x"`,
    read: async (files, log) => {
      if (existsSync(dataFolder)) return readFolder(dataFolder, files)
      const cache = join(projectFolder, 'node_modules', '.cache')
      await mkdir(cache, { recursive: true })
      const folder = await mkdtemp(join(cache, 'debian-'))
      try {
        return await readFolder(
          join(await downloadDebianPackage(packageName, folder, log), dataFolder),
          files,
        )
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    },
  }
}
