import { z } from 'zod'
import { duration } from './duration.ts'
import type { LogConfig } from './log-config.ts'
import type { LogRule } from './log-rule.ts'
import { parseLogRules } from './parse-log-rules.ts'

/** The entries that can be used, with what a person should know of the others. */
export interface ParsedLogConfigs {
  readonly configs: readonly LogConfig[]
  /** One sentence for each entry that is not used. */
  readonly faults: readonly string[]
  /** One sentence for each key that has no effect in an entry that is used. */
  readonly warnings: readonly string[]
}

const text = z
  .union([z.string(), z.number().transform(String)], 'a text')
  .transform((given) => given.trim())
const words = z
  .union([z.string().transform((given) => given.split(',')), z.array(text)], 'a list of texts')
  .transform((list) => list.map((each) => each.trim()).filter((each) => each !== ''))
const goDuration = z
  .string('a duration such as 30s, 5m or 1h30m')
  .regex(/^(\d+(\.\d+)?(ms|s|m|h))*$/, 'a duration such as 30s, 5m or 1h30m')
  .transform((given) => sumDuration(given))

const schema = z.looseObject({
  type: z.string('file, tcp, udp, docker or containerd').default('docker'),
  service: text.default(''),
  source: text.default(''),
  sourcecategory: text.default(''),
  tags: words.default([]),
  log_processing_rules: z.unknown().optional(),
  auto_multi_line_detection: z.boolean('true or false').nullish(),
  max_message_size_bytes: z
    .int('a number of bytes from 1024 to 16000000')
    .min(1024, 'a number of bytes from 1024 to 16000000')
    .max(16_000_000, 'a number of bytes from 1024 to 16000000')
    .optional(),
  path: text.default(''),
  exclude_paths: words.default([]),
  start_position: z
    .enum(
      ['', 'beginning', 'end', 'forceBeginning', 'forceEnd'],
      'beginning, end, forceBeginning or forceEnd',
    )
    .default(''),
  encoding: z
    .enum(
      ['', 'utf-8', 'utf-16-le', 'utf-16-be', 'shift-jis', 'latin-1'],
      'utf-8, utf-16-le, utf-16-be, shift-jis or latin-1',
    )
    .default(''),
  port: z
    .int('a port from 1 to 65535')
    .min(1, 'a port from 1 to 65535')
    .max(65_535, 'a port from 1 to 65535')
    .optional(),
  bind_host: text.default(''),
  idle_timeout: goDuration.default(0),
  image: text.default(''),
  label: text.default(''),
  name: text.default(''),
})
type Given = z.output<typeof schema>

const kinds: ReadonlyMap<string, LogConfig['kind']> = new Map([
  ['docker', 'container'],
  ['containerd', 'container'],
  ['file', 'file'],
  ['tcp', 'tcp'],
  ['udp', 'udp'],
])

/** Types of Datadog's agent that are not read here, and what to do instead. */
const unreadTypes: ReadonlyMap<string, string> = new Map([
  ['journald', 'the journal is read only for containers of the engine'],
  ['windows_event', 'there is no agent for Windows'],
  ['integration', 'there are no checks that make logs'],
  ['string_channel', 'it is for the own use of another agent'],
])

/** Keys of Datadog's agent that change nothing here, and why. */
const keysWithoutEffect: ReadonlyMap<string, string> = new Map([
  ['auto_multi_line_sample_size', 'nothing has to be sampled'],
  ['auto_multi_line_match_threshold', 'nothing has to be sampled'],
  ['auto_multi_line', 'logs_config.auto_multi_line is for all logs'],
  ['auto_multi_line_detection_custom_samples', 'those of logs_config are for all logs'],
  ['fingerprint_config', 'files are told apart by their inode and their first line'],
  ['process_raw_message', 'rules see what was printed'],
  ['config_id', 'it is for the journal'],
  ['identifier', 'the container is known'],
  ['max_connections', 'vigie.logs.connections is for all ports'],
  ['format', 'lines are kept as they come'],
])

/**
 * Reads the list of what Datadog has under `logs:` in a file of `conf.d` and in the label `com.datadoghq.ad.logs`. An entry
 * without a type is said of containers.
 * @param place Where the list stands, for messages: `conf.d/web.d/conf.yaml:3:5`, `label com.datadoghq.ad.logs`.
 * @see datadog.md D.6
 */
export function parseLogConfigs(json: unknown, place: string): ParsedLogConfigs {
  if (!Array.isArray(json))
    return {
      configs: [],
      faults: [`${place}: expected a list of logs, seen ${describe(json)}`],
      warnings: [],
    }
  const all = json.map((each: unknown, at) =>
    parseEntry(each, json.length > 1 ? `${place}: entry ${at + 1}` : place),
  )
  return {
    configs: all.flatMap(({ config }) => config ?? []),
    faults: all.flatMap(({ faults }) => faults),
    warnings: all.flatMap(({ config, warnings }) => (config === undefined ? [] : warnings)),
  }
}

interface ParsedEntry {
  readonly config?: LogConfig
  readonly faults: readonly string[]
  readonly warnings: readonly string[]
}

function parseEntry(json: unknown, place: string): ParsedEntry {
  const parsed = schema.safeParse(dropNulls(json))
  if (!parsed.success)
    return { faults: parsed.error.issues.map((issue) => tell(issue, json, place)), warnings: [] }
  const given = parsed.data
  const kind = kinds.get(given.type)
  if (kind === undefined) return { faults: [`${place}: ${refuseType(given.type)}`], warnings: [] }
  const missing = findMissing(kind, given)
  if (missing !== undefined) return { faults: [`${place}: ${missing}`], warnings: [] }
  // A rule that cannot be used may be one that masks: rather no lines than lines that it has not seen.
  const { rules, faults } = parseLogRules(given.log_processing_rules ?? [], place)
  if (faults.length > 0) return { faults, warnings: [] }
  return {
    config: toConfig(given, { kind, place, rules }),
    faults: [],
    warnings: listUnknown(given, place),
  }
}

/** A key without a value, which YAML gives as `null`, is a key that is not there. */
function dropNulls(json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null))
}

function tell({ path: [key], message }: z.core.$ZodIssue, json: unknown, place: string): string {
  if (key === undefined)
    return `${place}: expected a mapping such as {"source": "nginx", "service": "web"}, seen ${describe(json)}`
  const seen: unknown = Object(json)[key]
  return `${place}: ${String(key)} must be ${message}, seen ${describe(seen)}`
}

function describe(seen: unknown): string {
  const shown = JSON.stringify(seen) ?? 'nothing'
  return shown.length > 60 ? `${shown.slice(0, 60)}…` : shown
}

function refuseType(type: string): string {
  const reason = unreadTypes.get(type)
  return reason === undefined
    ? `the type ${type} is not known; known are file, tcp, udp, docker and containerd`
    : `logs of the type ${type} are not read: ${reason}`
}

function findMissing(kind: LogConfig['kind'], { path, port }: Given): string | undefined {
  if (kind === 'file' && path === '') return 'a log of the type file needs a path'
  if (kind === 'file' && !path.startsWith('/'))
    return `path must be absolute, seen ${describe(path)}`
  if ((kind === 'tcp' || kind === 'udp') && port === undefined)
    return `a log of the type ${kind} needs a port`
  if (kind === 'container' && path !== '') return 'a log with a path needs the type file'
  if (kind === 'container' && port !== undefined)
    return 'a log with a port needs the type tcp or udp'
  return undefined
}

function listUnknown(given: Given, place: string): readonly string[] {
  return Object.keys(given)
    .filter((key) => !Object.hasOwn(schema.shape, key))
    .map((key) => {
      const reason = keysWithoutEffect.get(key)
      return reason === undefined
        ? `${place}: ${key} is not known; known are ${Object.keys(schema.shape).join(', ')}`
        : `${place}: ${key} has no effect: ${reason}`
    })
}

function toConfig(
  given: Given,
  { kind, place, rules }: { kind: LogConfig['kind']; place: string; rules: readonly LogRule[] },
): LogConfig {
  const {
    sourcecategory: category,
    auto_multi_line_detection: isAutoMultiLine,
    max_message_size_bytes: max,
  } = given
  return {
    kind,
    place,
    ...(given.service !== '' && { service: given.service }),
    ...(given.source !== '' && { source: given.source }),
    tags: category === '' ? given.tags : [...given.tags, `sourcecategory:${category}`],
    rules,
    ...(typeof isAutoMultiLine === 'boolean' && { isAutoMultiLine }),
    ...(max !== undefined && { maxMessageBytes: max }),
    ...(kind === 'container' && pickFilters(given)),
    ...(kind === 'file' && pickFile(given)),
    ...((kind === 'tcp' || kind === 'udp') && pickNetwork(given)),
  }
}

function pickFilters({ image, label, name }: Given): Partial<LogConfig> {
  return {
    ...(image !== '' && { image }),
    ...(label !== '' && { label }),
    ...(name !== '' && { name }),
  }
}

function pickFile({
  path,
  exclude_paths: excludePaths,
  start_position: start,
  encoding,
}: Given): Partial<LogConfig> {
  return {
    path,
    ...(excludePaths.length > 0 && { excludePaths }),
    ...(start !== '' && { start }),
    ...(encoding !== '' && { encoding }),
  }
}

function pickNetwork({
  port,
  bind_host: bindHost,
  idle_timeout: idleTimeoutMs,
}: Given): Partial<LogConfig> {
  return {
    ...(port !== undefined && { port }),
    ...(bindHost !== '' && { bindHost }),
    ...(idleTimeoutMs > 0 && { idleTimeoutMs }),
  }
}

function sumDuration(given: string): number {
  const parts = given.match(/\d+(?:\.\d+)?(?:ms|s|m|h)/g) ?? []
  return parts.reduce((sum, part) => sum + duration.parse(part), 0)
}
