import { join } from 'node:path'
import { commandLine, run } from './command-line.js'
import { isForMachines, machineReadable, printResult } from './machine-output.js'

const command = machineReadable(
  commandLine(
    'npm run migrate-checkpoints --',
    'Gives the checkpoints of the recipes the configuration and the address of now: those of an earlier format, or whose address ' +
      'changed though network, data and training are the same. Each is kept as it is where its network no longer classifies the ' +
      'test sequences as its model.json says. Parameters stay as they are, byte for byte.',
  ),
  'an array of {from, to, kept}: where a checkpoint went, or why it stays',
  'the same as a table',
)

await run(command, async () => {
  const { useBackend } = await import('../backend/use-backend.js')
  const { migrateCheckpoints } = await import('../thesis/models/migrate-checkpoints.js')
  await useBackend()
  const { progressDisplay } = await import('../notebook/progress.js')
  let progress: ReturnType<typeof progressDisplay> | null = null
  const migrations = await migrateCheckpoints(undefined, undefined, (done, total) => {
    progress ??= progressDisplay({ label: 'Checkpoints', total, unit: 'folders' })
    progress.update(done)
  })
  await printResult(command, {
    json: () =>
      migrations.map((one) => ({
        from: one.from,
        to: 'to' in one ? one.to : null,
        kept: 'kept' in one ? one.kept : null,
      })),
  })
  if (isForMachines(command)) return 0
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
