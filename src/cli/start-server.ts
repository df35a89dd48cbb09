import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { Settings } from '../config/settings.ts'
import { openServerKey } from '../http/server-key.ts'
import type { HttpServer } from '../http/start-http.ts'
import { askSeries } from '../query/ask-series.ts'
import { openLogQuestions } from '../query/logs/open-log-questions.ts'
import { askSql } from '../query/people-sql.ts'
import { askRuns } from '../query/runs.ts'
import { LiveTable } from '../store/live-table.ts'
import { openStore, type Store } from '../store/open-store.ts'
import type { Log } from '../telemetry/log.ts'
import { openServer } from './open-server.ts'
import { readVersion } from './version.ts'

/** The built page: beside `src` in a clone, beside `dist` once installed. */
const webFolder = join(import.meta.dirname, '../../web/dist')

/**
 * Opens the store, fills the live table from it and listens. Closing goes the other way round: what was taken in is
 * written before the store lets go.
 * @throws {StoreOpenError | ServerKeyError | ListenError} With what keeps it from starting and what to do.
 */
export async function startServer(settings: Settings, log: Log): Promise<HttpServer> {
  // The server's garbage is short-lived and much; V8 would let it grow to half as much memory again before it collects.
  setFlagsFromString('--semi-space-growth-factor=1')
  const store = await openStore({
    dataDir: settings.dataDir,
    maxMemoryBytes: settings.store.maxMemoryBytes,
    retention: settings.retention,
    queueBytes: settings.store.queueBytes,
    maxSeries: settings.store.maxSeries,
    logBudgetBytes: settings.store.logBudgetBytes,
    log,
  })
  try {
    if (store.damagedParts > 0) {
      log.warn(
        `${store.damagedParts} pieces of the store could not be read and were set aside in its folder "detached"`,
      )
    }
    const server = await listen(settings, store, log)
    return {
      url: server.url,
      async close() {
        await server.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function listen(settings: Settings, store: Store, log: Log): Promise<HttpServer> {
  const live = new LiveTable({ clock: Date.now })
  live.prime(await store.recentContainers())
  const serverKey = await openServerKey(settings.dataDir)
  return openServer({
    ...settings.listen,
    accessToken: settings.accessToken,
    keys: settings.apiKey === undefined ? [serverKey] : [serverKey, settings.apiKey],
    webFolder: existsSync(webFolder) ? webFolder : undefined,
    version: readVersion(),
    log,
    store,
    registry: store.series,
    live,
    retentionMs: settings.retention.points1sMs,
    sketchesRetentionMs: settings.retention.sketchesMs,
    totalsRetentionMs: settings.retention.containerTotalsMs,
    logsRetentionMs: settings.retention.logsMs,
    askSeries: (ask) => askSeries(store, ask),
    askSql: (query) => askSql(store, query),
    askRuns: (request) => askRuns(store, request),
    logs: openLogQuestions(store.read, store.logNews),
    limits: settings.limits,
  })
}
