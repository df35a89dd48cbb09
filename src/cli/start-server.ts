import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { openAccess, type Access } from '../access/open-access.ts'
import type { StoreRow } from '../api/contract/agents.ts'
import type { Settings } from '../config/settings.ts'
import { openDashboards } from '../dashboards/open-dashboards.ts'
import { openServerKey } from '../http/server-key.ts'
import type { HttpServer } from '../http/start-http.ts'
import { openQuestions } from '../query/open-questions.ts'
import { askSql } from '../query/people-sql.ts'
import { giveBackWhenQuiet } from '../libc/give-back-when-quiet.ts'
import { openAgentsFile } from '../store/agents/agents-file.ts'
import { LiveTable } from '../store/live-table.ts'
import { openStore, type Store } from '../store/open-store.ts'
import type { Log } from '../telemetry/log.ts'
import { openViews } from '../views/open-views.ts'
import { offerAccess } from './access/offer-access.ts'
import { findProvider } from './access/find-provider.ts'
import { listFixedKeys } from './access/list-fixed-keys.ts'
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
 * @throws {StoreOpenError | ServerKeyError | StateFileError | TlsFileError | ListenError} With what keeps it from starting and what to do.
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
    const access = await openServerAccess(settings, log)
    offerAccess(door.control, access)
    const server = await listen(settings, { store, access, log })
    await door.open()
    const stopGivingBack = giveBackWhenQuiet()
    return {
      url: server.url,
      async close() {
        closing.abort()
        stopGivingBack()
        await server.close()
        await door.close()
        await access.close()
        await store.close()
      },
    }
  } catch (error) {
    await store.close()
    throw error
  }
}

async function openServerAccess(settings: Settings, log: Log): Promise<Access> {
  const serverKey = await openServerKey(settings.dataDir)
  return openAccess({
    dataDir: settings.dataDir,
    listenHost: settings.listen.host,
    accessToken: settings.accessToken,
    fixedKeys: listFixedKeys(settings, serverKey),
    sessionMs: settings.access.sessionMs,
    signInTries: settings.access.signInTries,
    provider: findProvider(settings),
    log,
    isServer: true,
  })
}

/** What the server works with, open. */
interface Opened {
  readonly store: Store
  readonly access: Access
  readonly log: Log
}

async function listen(settings: Settings, { store, access, log }: Opened): Promise<HttpServer> {
  const live = new LiveTable({ clock: Date.now })
  live.prime(await store.recentContainers())
  const views = await openViews({ dataDir: settings.dataDir, clock: Date.now })
  const agents = await openAgentsFile(join(settings.dataDir, 'agents.json'), live.agents, log)
  const server = await openServer({
    ...settings.listen,
    ...settings.web,
    gate: access.gate,
    keys: access.keys,
    access,
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
    ...openQuestions(store),
    askSql: (query) => askSql(store, query),
    dashboards: openDashboards({ folder: settings.dashboardsDir, log }),
    views,
    limits: settings.limits,
  })
  return {
    ...server,
    async close() {
      await server.close()
      await agents.close()
    },
  }
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
