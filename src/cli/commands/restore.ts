import { resolve } from 'node:path'
import { defineCommand } from '../command.ts'
import { configOption, loadSettings } from '../load-settings.ts'
import { refuseRemote } from '../store/borrow-store.ts'
import { formatBytes } from '../text-table.ts'

/** `vigie restore`: puts the file of a backup into an empty store. */
export const restore = defineCommand({
  name: 'restore',
  about: 'put back what `vigie backup` wrote, into a data folder without a store',
  arguments: [{ name: '<file>', about: 'what `vigie backup` wrote' }],
  options: [configOption],
  async run([name = ''], options, io) {
    const settings = loadSettings(options, io)
    refuseRemote(settings, "put a backup back with ClickHouse's own RESTORE")
    const { openChores } = await import('../../store/open-chores.ts')
    const { dataDir, store } = settings
    const chores = await openChores({ dataDir, maxMemoryBytes: store.maxMemoryBytes })
    try {
      const file = resolve(io.cwd, name)
      await chores.restore({
        file,
        onProgress: (done, all) =>
          io.showProgress?.(`Copied ${formatBytes(done)} of ${formatBytes(all)}`),
      })
      io.showProgress?.('')
      let rows = 0
      for await (const table of chores.checkTables()) rows += table.rows
      io.out(`Put back ${file}: ${rows} rows; start the server with "vigie up"\n`)
      return 0
    } finally {
      await chores.close()
    }
  },
})
