import { join } from 'node:path'
import { packageRoot, workingRoot } from '../../files/places.js'
import { installedPython, installPython, type PythonEnvironment } from '../../setup/python-environment.js'

/** Where the workflow and its profiles are. */
export const workflowFolder = (): string => join(packageRoot(), 'src', 'study', 'workflow')

const environment = (): PythonEnvironment => ({
  name: 'study',
  requirements: join(workflowFolder(), 'requirements.txt'),
  module: 'snakemake, pandas, pyarrow',
  oldestMinor: 11,
})

/** The Python that has Snakemake where the environment, `.cache/study`, is whole, else null. */
export const workflowPython = (project = workingRoot()): Promise<string | null> =>
  installedPython(project, environment())

/**
 * Installs Snakemake, what lets it run on Slurm and Kubernetes, and pandas, pinned with hashes, into `.cache/study`.
 *
 * @throws with pip's last words; nothing half-made is left behind
 */
export const installWorkflow = (project = workingRoot()): Promise<void> =>
  installPython(project, environment())
