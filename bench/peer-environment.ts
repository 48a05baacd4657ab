import { join } from 'node:path'
import { installedPython, installPython, type PythonEnvironment } from '../src/setup/python-environment.js'

const peers: PythonEnvironment = {
  name: 'bench',
  requirements: join(import.meta.dirname, 'peers', 'requirements.txt'),
  module: 'torch',
}

/** The peers' Python where their environment, `.cache/bench`, is whole, else null. */
export const peersPython = (project: string): Promise<string | null> => installedPython(project, peers)

/**
 * Installs the peers' pinned packages into an environment of the benchmark's own.
 *
 * @throws with pip's last words; nothing half-made is left behind
 */
export const installPeers = (project: string): Promise<void> => installPython(project, peers)
