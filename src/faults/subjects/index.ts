import type { Subject } from '../subject.js'
import { datasets } from './datasets.js'
import { evaluations } from './evaluations.js'
import { goldenFiles } from './golden-files.js'
import { importedModels } from './imported-models.js'
import { modules } from './modules.js'
import { notebooks } from './notebooks.js'
import { studyFiles } from './study-files.js'
import { sweeps } from './sweeps.js'
import { trainingFiles } from './training-files.js'

/** Every kind of file that the project reads. */
export const subjects: readonly Subject[] = [
  ...trainingFiles,
  ...goldenFiles,
  ...evaluations,
  ...studyFiles,
  ...datasets,
  ...importedModels,
  ...modules,
  ...notebooks,
  ...sweeps,
]
