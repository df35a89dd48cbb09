import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import type { StoreRow } from '../api/contract/agents.ts'
import type { Settings } from '../config/settings.ts'
import { openDashboards } from '../dashboards/open-dashboards.ts'
import { openServerKey } from '../http/server-key.ts'
import type { HttpServer } from '../http/start-http.ts'
import { askSeries } from '../query/ask-series.ts'
import { openCatalogue } from '../query/catalogue/open-catalogue.ts'
import { openHappenings } from '../query/happenings/open-happenings.ts'
import { openLogQuestions } from '../query/logs/open-log-questions.ts'
import { askFormulas } from '../query/metrics/ask-formulas.ts'
import { askScalars } from '../query/metrics/ask-scalars.ts'
import { openMetricReader } from '../query/metrics/metric-reader.ts'
import { askSql } from '../query/people-sql.ts'
import { openPrometheus } from '../query/prometheus/open-prometheus.ts'
import { askRuns } from '../query/runs.ts'
import { LiveTable } from '../store/live-table.ts'
import { openStore, type Store } from '../store/open-store.ts'
import type { Log } from '../telemetry/log.ts'
import { createControlDoor } from './control-door.ts'
import { controlPath } from './control-socket.ts'
import { openServer } from './open-server.ts'
import { readRemote } from './read-remote.ts'
import { offerChores } from './server-chores.ts'
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
  const { remote, ...limits } = settings.store
  const store = await openStore({
    ...limits,
    ...(remote !== undefined && { remote: readRemote(remote) }),
    dataDir: settings.dataDir,
    retention: settings.retention,
    log,
  })
  const closing = new AbortController()
  const door = createControlDoor({
    path: controlPath(settings.dataDir, 'server'),
    log,
    signal: closing.signal,
  })
  if (store.chores !== undefined) offerChores(door.control, store.chores)
  try {
    if (store.damagedParts > 0) {
      log.warn(
        `${store.damagedParts} pieces of the store could not be read and were set aside in its folder "detached"`,
      )
    }
    const server = await listen(settings, store, log)
    await door.open()
    return {
      url: server.url,
      async close() {
        closing.abort()
        await server.close()
        await door.close()
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
  const reader = openMetricReader(store)
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
    describeStore: () => describeStore(store, settings.store.maxBytes),
    askSeries: (ask) => askSeries(reader, ask),
    askFormulas: (ask) => askFormulas(reader, ask),
    askScalars: (ask) => askScalars(reader, ask),
    askSql: (query) => askSql(store, query),
    askRuns: (request) => askRuns(store, request),
    logs: openLogQuestions(store.read, store.logNews),
    prometheus: openPrometheus(store),
    catalogue: openCatalogue(store.read),
    happenings: openHappenings(store.read),
    dashboards: openDashboards({ folder: settings.dashboardsDir, log }),
    limits: settings.limits,
  })
}

function describeStore(store: Store, maxBytes: number): StoreRow {
  const { bytesOnDisk, droppedForSpace, isDiskFull, lateHours } = store.stats()
  return {
    bytesOnDisk,
    maxBytes,
    droppedForSpace: droppedForSpace ?? null,
    isDiskFull,
    lateHours,
    tiers: store.tiers().map(({ stepS, keptFromMs }) => ({ stepS, keptFromMs })),
  }
}
