import type { DashboardAnswer, DashboardSummary } from '../api/contract/dashboards.ts'
import type { Log } from '../telemetry/log.ts'
import {
  findDashboardFile,
  listDashboardFiles,
  reasonOf,
  type DashboardFile,
} from './dashboard-files.ts'
import { DashboardError, parseDashboard, readDashboard } from './parse-dashboard.ts'
import { dockerDashboard } from './shipped/docker-dashboard.ts'

/** A file that could not be read as a dashboard. */
export interface DashboardFault {
  readonly file: string
  /** One sentence: what was seen and what is expected. */
  readonly reason: string
}

/** What looking into one file gives. */
export type FoundDashboard =
  | { readonly kind: 'dashboard'; readonly dashboard: DashboardAnswer }
  | { readonly kind: 'fault'; readonly fault: DashboardFault }

/** The dashboards of a folder and those that are shipped. Files are read again when they have changed. */
export interface Dashboards {
  /** Sorted by title. */
  readonly list: () => Promise<{
    readonly dashboards: readonly DashboardSummary[]
    readonly faults: readonly DashboardFault[]
  }>
  /** The dashboard with an id, or why its file cannot be read; undefined where there is none. */
  readonly find: (id: string) => Promise<FoundDashboard | undefined>
  /** The text of a dashboard in Datadog's format; undefined where there is none, or none that can be read. */
  readonly source: (id: string) => Promise<string | undefined>
}

export interface DashboardsOptions {
  /** Of files `*.json`; it may be absent. */
  readonly folder: string
  readonly log: Pick<Log, 'warn'>
}

/** What a file gave when it was read last. */
interface KnownFile {
  readonly stamp: string
  readonly sizeBytes: number
  readonly found: FoundDashboard
}

const shippedId = 'docker'
/** Of files whose dashboards are kept in memory; others are read each time. */
const maxKnownBytes = 32 * 1024 * 1024

/** Opens the dashboards of a folder. A file `docker.json` takes the place of the shipped dashboard. */
export function openDashboards({ folder, log }: DashboardsOptions): Dashboards {
  const known = new Map<string, KnownFile>()
  const shipped: DashboardAnswer = {
    ...readDashboard(dockerDashboard),
    id: shippedId,
    isShipped: true,
  }

  async function look(file: DashboardFile): Promise<FoundDashboard> {
    const before = known.get(file.id)
    if (before?.stamp === file.stamp) return before.found
    known.delete(file.id)
    const found = await readFile(file)
    if (found.kind === 'fault')
      log.warn(`Cannot read dashboard ${file.name}: ${found.fault.reason}`)
    const { stamp, sizeBytes } = file
    const knownBytes = known.values().reduce((sum, one) => sum + one.sizeBytes, 0)
    if (knownBytes + sizeBytes <= maxKnownBytes) known.set(file.id, { stamp, sizeBytes, found })
    return found
  }

  return {
    async list() {
      const listed = await listDashboardFiles(folder)
      const faults = [...listed.faults]
      const summaries: DashboardSummary[] = []
      for (const file of listed.files) {
        const found = await look(file)
        if (found.kind === 'fault') faults.push(found.fault)
        else summaries.push(summarise(found.dashboard))
      }
      const ids = new Set(listed.files.map(({ id }) => id))
      for (const id of known.keys()) if (!ids.has(id)) known.delete(id)
      if (!ids.has(shippedId)) summaries.push(summarise(shipped))
      const dashboards = summaries.toSorted((a, b) => a.title.localeCompare(b.title, 'en'))
      return { dashboards, faults }
    },
    async find(id) {
      try {
        const file = await findDashboardFile(folder, id)
        if (file !== undefined) return await look(file)
        return id === shippedId ? { kind: 'dashboard', dashboard: shipped } : undefined
      } catch (error) {
        return { kind: 'fault', fault: { file: `${id}.json`, reason: reasonOf(error) } }
      }
    },
    async source(id) {
      try {
        const file = await findDashboardFile(folder, id)
        if (file !== undefined) return await file.read()
        return id === shippedId ? JSON.stringify(dockerDashboard, undefined, 2) : undefined
      } catch {
        return undefined
      }
    },
  }
}

async function readFile(file: DashboardFile): Promise<FoundDashboard> {
  try {
    const parsed = parseDashboard(await file.read())
    const dashboard = { ...parsed, title: parsed.title || file.id, id: file.id, isShipped: false }
    return { kind: 'dashboard', dashboard }
  } catch (error) {
    const reason = error instanceof DashboardError ? error.message : reasonOf(error)
    return { kind: 'fault', fault: { file: file.name, reason } }
  }
}

function summarise(dashboard: DashboardAnswer): DashboardSummary {
  const { id, title, description, widgetCount, isShipped } = dashboard
  return { id, title, description, widgetCount, isShipped }
}
