import type { BoardedContainer } from '../../../component/container-board.ts'
import { createContainerFilter } from '../../../component/container-filter.ts'
import type { ContainerRules } from '../../../component/container-rules.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import type { LogsSettings } from '../../../component/logs-settings.ts'
import { parseLogConfigs, type ParsedLogConfigs } from '../../../component/parse-log-configs.ts'
import { createConfigMatcher } from './match-config.ts'

/** A container as far as it matters for whether it is read. */
export type Candidate = Pick<BoardedContainer, 'name' | 'image' | 'labels'> & {
  readonly log: Pick<BoardedContainer['log'], 'label'>
  /** Of a pod in Kubernetes. */
  readonly namespace?: string
}

/** Whether a container's lines are read, and what its configuration says of them. */
export type Choice =
  | { readonly kind: 'read'; readonly config: LogConfig; readonly fault?: string }
  | { readonly kind: 'skip'; readonly fault?: string }

/** Of a container that is read only because all are. */
const plainConfig: LogConfig = {
  kind: 'container',
  place: 'logs_config.container_collect_all',
  tags: [],
  rules: [],
}
const labelPlace = 'label com.datadoghq.ad.logs'

/**
 * Decides by the filters, then by the container's own label, then by the files in `conf.d`, then by
 * `container_collect_all`. A label that cannot be read counts as none, and is told.
 * @see datadog.md D.6, E.4
 */
export function createChoice(
  settings: Pick<LogsSettings, 'collectsAll' | 'configs'>,
  rules: ContainerRules,
): (container: Candidate) => Choice {
  const isWanted = createContainerFilter(rules, 'logs')
  const named = settings.configs
    .filter(({ kind }) => kind === 'container')
    .map((config) => ({ config, matches: createConfigMatcher(config) }))
  return (container) => {
    if (!isWanted(container)) return { kind: 'skip' }
    const label = readLabel(container.log.label)
    const fault = describeLabel(container.name, label)
    const own = label?.configs[0]
    const found = own ?? named.find(({ matches }) => matches(container))?.config
    const config = found ?? (settings.collectsAll ? plainConfig : undefined)
    const told = fault === undefined ? {} : { fault }
    return config === undefined ? { kind: 'skip', ...told } : { kind: 'read', config, ...told }
  }
}

/** `undefined` without a label. */
function readLabel(text: string): ParsedLogConfigs | undefined {
  if (text.trim() === '') return undefined
  try {
    return onlyOne(parseLogConfigs(JSON.parse(text), labelPlace))
  } catch {
    const faults = [
      `${labelPlace}: expected JSON such as [{"source": "nginx", "service": "web"}], seen ${cut(text)}`,
    ]
    return { configs: [], faults, warnings: [] }
  }
}

/** A container prints one log: of several entries the first counts. Files and ports are for those who may write `conf.d`. */
function onlyOne({ configs, faults, warnings }: ParsedLogConfigs): ParsedLogConfigs {
  const own = configs.filter(({ kind }) => kind === 'container')
  const others = configs
    .filter(({ kind }) => kind !== 'container')
    .map(({ place, kind }) => `${place}: the type ${kind} has its place in a file of conf.d`)
  const further = own
    .slice(1)
    .map(({ place }) => `${place}: only the first entry counts, since a container has one log`)
  return { configs: own.slice(0, 1), faults: [...faults, ...others, ...further], warnings }
}

function describeLabel(name: string, label: ParsedLogConfigs | undefined): string | undefined {
  const [first] = [...(label?.faults ?? []), ...(label?.warnings ?? [])]
  return first === undefined ? undefined : `Container ${name}: ${first}`
}

function cut(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
