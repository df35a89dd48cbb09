import type { SourceReport, SourceWork } from '../../model/agent-report.ts'
import type { ContainerLog } from './containers/container-log.ts'

/** How the source does, for the status. */
export type Health = Pick<SourceReport, 'state' | 'message'> & Pick<SourceWork, 'notes'>

/** What is looked at each time. */
export interface Judged {
  readonly containers: Iterable<Pick<ContainerLog, 'way' | 'name'>>
  /** Containers that had ended too long before the first start. */
  readonly tooOldCount: number
  readonly podFiles: number
  readonly otherFiles: number
  readonly openFiles: number
  /** Such as `tcp 10514`. */
  readonly ports: readonly string[]
  /** One sentence each, the oldest first. */
  readonly faults: readonly string[]
}

/** Notes name so many containers at most. */
const namedAtMost = 3

/** Judges all ways of reading together: the fault that came first is the message, how much is read in which way the notes. */
export function judge(judged: Judged): Health {
  const containers = [...judged.containers]
  const [fault] = [...judged.faults, ...describeDetours(containers)]
  const further = judged.faults.length > 1 ? ` (and ${judged.faults.length - 1} more)` : ''
  const notes = describe(judged, containers)
  return fault === undefined
    ? { state: 'running', message: '', notes }
    : { state: 'degraded', message: `${fault}${further}`, notes }
}

function describe(
  judged: Judged,
  containers: readonly Pick<ContainerLog, 'way' | 'name'>[],
): readonly string[] {
  const count = (kind: ContainerLog['way']['kind']): number =>
    containers.filter(({ way }) => way.kind === kind).length
  const without = containers.filter(({ way }) => way.kind === 'nothing')
  return [
    `containers: ${count('file')} from their files, ${count('api')} through the engine`,
    ...(without.length === 0 ? [] : [`not read: ${listNames(without)}, whose log driver is none`]),
    ...(judged.tooOldCount === 0
      ? []
      : [
          `not read: ${judged.tooOldCount} containers that ended longer ago than container_exclude_stopped_age`,
        ]),
    ...(judged.podFiles === 0 ? [] : [`files of pods: ${judged.podFiles}`]),
    ...(judged.otherFiles === 0 ? [] : [`other files: ${judged.otherFiles}`]),
    ...(judged.ports.length === 0 ? [] : [`ports: ${judged.ports.join(', ')}`]),
    `open files: ${judged.openFiles}`,
  ]
}

/** Containers whose file would be better than the engine, with what keeps it from being read. */
function describeDetours(
  containers: readonly Pick<ContainerLog, 'way' | 'name'>[],
): readonly string[] {
  const detours = containers.flatMap(({ way, name }) =>
    way.kind === 'api' && way.why !== undefined ? [{ name, why: way.why }] : [],
  )
  const [first] = detours
  if (first === undefined) return []
  return [
    `The logs of ${listNames(detours)} are read through the engine, which misses what lives only for a moment, since ${first.why}`,
  ]
}

function listNames(all: readonly { readonly name: string }[]): string {
  const named = all
    .slice(0, namedAtMost)
    .map(({ name }) => name)
    .join(', ')
  return all.length > namedAtMost ? `${named} and ${all.length - namedAtMost} more` : named
}
