import { GroupRequest, groups } from './convert-groups.ts'
import type { Draft, Origin } from './draft.ts'
import { plainSettings, readPlain, traceSettings, type PlainSetting } from './plain-settings.ts'
import type { Ini, IniEntry } from './read-ini.ts'

/** The lines of one file that set something, by section and key. */
export interface AgentFile {
  readonly path: string
  readonly ini: Ini
}

/** Options that somebody may miss, with what there is instead. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['use_mount', 'it is an option of the check disk now: conf.d/disk.d/conf.yaml'],
  ['exclude_process_args', 'it has no successor'],
  ['listen_port', 'nothing of Agent 5 listens there any more'],
  ['graphite_listen_port', 'nothing of Agent 5 listens there any more'],
  ['dogstatsd_target', 'DogStatsD sends where everything is sent'],
  ['collect_orchestrator_tags', 'tags of orchestrators are always collected'],
  ['gce_updated_hostname', 'it was only there for the time of a change'],
])
const otherReason = 'only Agent 5 has this option'

/**
 * Puts what `datadog.conf` sets into `draft` and names every line that has no place there.
 * @see datadog.md A.8
 */
export function convertAgentSettings({ path, ini }: AgentFile, draft: Draft): void {
  const originOf = ({ line, key }: IniEntry): Origin => ({ place: `${path}:${line}`, name: key })
  for (const line of ini.unread) {
    draft.drop({ place: `${path}:${line}`, name: 'this line' }, 'it does not set anything')
  }
  const main = takeLast(ini, 'Main', (earlier, later) =>
    draft.drop(originOf(earlier), `it is set again in line ${later.line}`),
  )
  const request = new GroupRequest(main, originOf, draft)
  for (const { keys, convert } of groups) convert(request, keys)
  const grouped = new Set(groups.flatMap(({ keys }) => keys))
  for (const entry of main.values()) {
    if (!grouped.has(entry.key) && entry.value !== '') convertEntry(entry, originOf(entry), draft)
  }
  for (const entry of ini.entries.filter(({ section }) => section !== 'Main')) {
    convertOther(entry, originOf(entry), draft)
  }
  // As the agent's own import does: Agent 5 reported the full name of the host.
  draft.set(['hostname_fqdn'], true, { place: path, name: 'hostname_fqdn' })
}

/** Of a key that is set twice the last counts. */
function takeLast(
  { entries }: Ini,
  section: string,
  tellEarlier: (earlier: IniEntry, later: IniEntry) => void,
): ReadonlyMap<string, IniEntry> {
  const found = new Map<string, IniEntry>()
  for (const entry of entries) {
    if (entry.section !== section) continue
    const earlier = found.get(entry.key)
    if (earlier !== undefined) tellEarlier(earlier, entry)
    found.set(entry.key, entry)
  }
  return found
}

function convertEntry({ key, value }: IniEntry, origin: Origin, draft: Draft): void {
  const plain = plainSettings.get(key)
  if (plain === undefined) draft.drop(origin, reasons.get(key) ?? otherReason)
  else setPlain(plain, { value, origin }, draft)
}

/** Rates by service and by span are the only keys that anybody could name. */
const rate = /^trace\.(analyzed_rate_by_service|analyzed_spans)\.(.+)$/

function convertOther({ section, key, value }: IniEntry, origin: Origin, draft: Draft): void {
  const name = `${section}.${key}`
  const [, kind, about] = rate.exec(name) ?? []
  const plain = traceSettings.get(name)
  if (kind !== undefined && about !== undefined) {
    setPlain({ kind: 'number', targets: [['apm_config', kind, about]] }, { value, origin }, draft)
  } else if (plain === undefined) {
    draft.drop(origin, section === '' ? 'it stands before [Main]' : `[${section}] has no successor`)
  } else setPlain(plain, { value, origin }, draft)
}

function setPlain(
  { kind, targets }: PlainSetting,
  { value, origin }: { readonly value: string; readonly origin: Origin },
  draft: Draft,
): void {
  const read = readPlain(value, kind)
  if (read.kind === 'fault') {
    draft.drop(origin, read.message)
    return
  }
  for (const target of targets) draft.set(target, read.value, origin)
  for (const part of read.ignored) draft.drop(origin, `${JSON.stringify(part)} in it is not known`)
}
