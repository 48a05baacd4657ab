import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectKernel } from '../../src/runner/kernel-spec.js'
import { run } from '../../src/setup/native/run.js'
import type { KernelPrograms } from './environment.js'
import { denoSnippets, ourSnippets, pythonSnippets, type Snippets, tslabSnippets } from './snippets.js'

export const kernelNames = ['ours', 'tslab', 'deno', 'ipykernel'] as const
export type KernelName = (typeof kernelNames)[number]

/** A kernel that is measured. */
export interface Kernel {
  readonly name: KernelName
  /** Such as `tslab 1.0.22`. */
  readonly version: string
  /** The command; `{connection_file}` stands for the path of the connection file. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly snippets: Snippets
}

/** Our kernel. */
export const ourKernel: Kernel = {
  name: 'ours',
  version: 'the kernel of this project',
  argv: projectKernel.argv,
  env: projectKernel.env,
  snippets: ourSnippets,
}

/** The kernels that ours is compared with. */
export async function otherKernels(
  project: string,
  { python, deno, state }: KernelPrograms,
): Promise<readonly Kernel[]> {
  const tslab = join(project, 'node_modules', 'tslab')
  const { version }: { version: string } = JSON.parse(readFileSync(join(tslab, 'package.json'), 'utf8'))
  const options = { cwd: project, env: { NO_COLOR: '1' } }
  const [denoVersion = ''] = (await run(deno, ['--version'], options)).split('\n')
  const ipykernelVersion = await run(
    python,
    ['-c', 'import ipykernel; print(ipykernel.__version__)'],
    options,
  )
  return [
    {
      name: 'tslab',
      version: `tslab ${version}`,
      argv: [
        ...[process.execPath, join(tslab, 'bin', 'tslab')],
        ...['kernel', '--config-path', '{connection_file}'],
      ],
      env: {},
      snippets: tslabSnippets,
    },
    {
      name: 'deno',
      version: denoVersion.replace(/ \(.*/, ''),
      argv: [deno, 'jupyter', '--kernel', '--conn', '{connection_file}'],
      env: { DENO_DIR: join(state, 'deno'), DENO_NO_UPDATE_CHECK: '1' },
      snippets: denoSnippets,
    },
    {
      name: 'ipykernel',
      version: `ipykernel ${ipykernelVersion.trim()}`,
      argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'],
      env: {
        IPYTHONDIR: join(state, 'ipython'),
        JUPYTER_DATA_DIR: join(state, 'jupyter'),
        JUPYTER_RUNTIME_DIR: join(state, 'runtime'),
        PYTHONNOUSERSITE: '1',
      },
      snippets: pythonSnippets,
    },
  ]
}
