import { freshProject } from '../../src/commands/fresh-project.js'
import { objectField } from '../../src/runner/json.js'
import { parameterise, settingsOf } from '../../src/runner/parameterise.js'

/** Makes a project in `folder` whose notebooks have the tiny parameters of their metadata; see `freshProject`. */
export const copyProject = (project: string, folder: string): Promise<void> =>
  freshProject(project, folder, (notebook) =>
    parameterise(notebook, settingsOf(objectField(objectField(notebook.metadata, 'thesis'), 'smoke'))),
  )
