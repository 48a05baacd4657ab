import { join } from 'node:path'
import { useBackend } from '../backend/use-backend.js'
import { migrateCheckpoints } from '../thesis/models/migrate-checkpoints.js'
import { commandLine, run } from './command-line.js'

const command = commandLine(
  'npm run migrate-checkpoints --',
  'Gives the checkpoints of the recipes the configuration and the address of now: those of an earlier format, or whose address ' +
    'changed though network, data and training are the same. Each is kept as it is where its network no longer classifies the ' +
    'test sequences as its model.json says. Parameters stay as they are, byte for byte.',
)

await run(command, async () => {
  await useBackend()
  const migrations = await migrateCheckpoints()
  for (const migration of migrations)
    console.log(
      'to' in migration
        ? `${migration.from} → ${migration.to}`
        : `${migration.from} stays: ${migration.kept}`,
    )
  const moved = migrations.filter((migration) => 'to' in migration).length
  console.log(`${moved} of ${migrations.length} checkpoints in ${join('data', 'checkpoints')} were migrated`)
  return undefined
})
