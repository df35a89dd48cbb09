/** How a value is written in the old file. */
export type PlainKind = 'text' | 'flag' | 'number' | 'list' | 'aggregates' | 'percentiles'

/** One key that became one or more others. */
export interface PlainSetting {
  readonly kind: PlainKind
  readonly targets: readonly (readonly string[])[]
}

/** A value as the new file has it, with the parts that were left out; or what is wrong with it. */
export type PlainValue =
  | { readonly kind: 'value'; readonly value: unknown; readonly ignored: readonly string[] }
  | { readonly kind: 'fault'; readonly message: string }

/** Keys of the section `Main` that kept their meaning (datadog.md A.8). */
export const plainSettings: ReadonlyMap<string, PlainSetting> = table([
  ['hostname', 'text', 'hostname'],
  ['tags', 'list', 'tags'],
  ['skip_ssl_validation', 'flag', 'skip_ssl_validation'],
  ['forwarder_timeout', 'number', 'forwarder_timeout'],
  ['default_integration_http_timeout', 'number', 'default_integration_http_timeout'],
  ['collect_ec2_tags', 'flag', 'collect_ec2_tags'],
  ['additional_checksd', 'text', 'additional_checksd'],
  ['histogram_aggregates', 'aggregates', 'histogram_aggregates'],
  ['histogram_percentiles', 'percentiles', 'histogram_percentiles'],
  ['sd_template_dir', 'text', 'autoconf_template_dir'],
  ['use_dogstatsd', 'flag', 'use_dogstatsd'],
  ['dogstatsd_port', 'number', 'dogstatsd_port'],
  ['statsd_metric_namespace', 'text', 'statsd_metric_namespace'],
  ['log_level', 'text', 'log_level'],
  ['collector_log_file', 'text', 'log_file'],
  ['disable_file_logging', 'flag', 'disable_file_logging'],
  ['log_to_syslog', 'flag', 'log_to_syslog'],
  ['collect_instance_metadata', 'flag', 'enable_metadata_collection'],
  ['enable_gohai', 'flag', 'enable_gohai'],
  ['bind_host', 'text', 'bind_host'],
  ['apm_enabled', 'flag', 'apm_config.enabled'],
  ['process_agent_enabled', 'flag', 'process_config.enabled'],
  ['non_local_traffic', 'flag', 'dogstatsd_non_local_traffic', 'apm_config.apm_non_local_traffic'],
])

/** Keys of the other sections, with the section in front. */
export const traceSettings: ReadonlyMap<string, PlainSetting> = table([
  ['trace.api.api_key', 'text', 'apm_config.api_key'],
  ['trace.api.endpoint', 'text', 'apm_config.apm_dd_url'],
  ['trace.config.env', 'text', 'apm_config.env'],
  ['trace.config.log_level', 'text', 'apm_config.log_level'],
  ['trace.config.log_file', 'text', 'apm_config.log_file'],
  ['trace.concentrator.bucket_size_seconds', 'number', 'apm_config.bucket_size_seconds'],
  ['trace.concentrator.extra_aggregators', 'list', 'apm_config.extra_aggregators'],
  ['trace.receiver.receiver_port', 'number', 'apm_config.receiver_port'],
  ['trace.receiver.connection_limit', 'number', 'apm_config.connection_limit'],
  ['trace.receiver.timeout', 'number', 'apm_config.receiver_timeout'],
  ['trace.sampler.extra_sample_rate', 'number', 'apm_config.extra_sample_rate'],
  ['trace.sampler.max_traces_per_second', 'number', 'apm_config.max_traces_per_second'],
  ['trace.sampler.max_events_per_second', 'number', 'apm_config.max_events_per_second'],
  ['trace.ignore.resource', 'list', 'apm_config.ignore_resources'],
  ['trace.watchdog.max_memory', 'number', 'apm_config.max_memory'],
  ['trace.watchdog.max_cpu_percent', 'number', 'apm_config.max_cpu_percent'],
  ['trace.watchdog.max_connections', 'number', 'apm_config.max_connections'],
])

const aggregates = new Set(['min', 'max', 'median', 'avg', 'sum', 'count'])

/** Reads what stands behind a key; what makes no sense is a fault, or in a list is left out. */
export function readPlain(text: string, kind: PlainKind): PlainValue {
  switch (kind) {
    case 'text':
      return { kind: 'value', value: text, ignored: [] }
    case 'flag':
      return { kind: 'value', value: isYes(text), ignored: [] }
    case 'number': {
      const value = Number(text)
      if (Number.isFinite(value)) return { kind: 'value', value, ignored: [] }
      return { kind: 'fault', message: 'its value is not a number' }
    }
    case 'list':
      return { kind: 'value', value: split(text), ignored: [] }
    case 'aggregates':
      return sort(split(text), (item) => (aggregates.has(item) ? item : undefined))
    case 'percentiles':
      return sort(split(text), readPercentile)
  }
}

/** What Agent 5 took for a yes; everything else was a no. */
function isYes(text: string): boolean {
  return /^(true|yes|1)$/i.test(text)
}

/** Parts with commas between them, without quotes. */
export function split(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((part) => part !== '')
}

function sort(items: readonly string[], read: (item: string) => string | undefined): PlainValue {
  const kept = items.map((item) => ({ item, value: read(item) }))
  return {
    kind: 'value',
    value: kept.flatMap(({ value }) => (value === undefined ? [] : [value])),
    ignored: kept.flatMap(({ item, value }) => (value === undefined ? [item] : [])),
  }
}

/** Above 0 and below 1, of which two digits count. */
function readPercentile(item: string): string | undefined {
  const hundredths = Math.floor(Number(item) * 100)
  return hundredths > 0 && hundredths < 100 ? (hundredths / 100).toFixed(2) : undefined
}

type Row = readonly [key: string, kind: PlainKind, ...targets: string[]]

function table(rows: readonly Row[]): ReadonlyMap<string, PlainSetting> {
  return new Map(
    rows.map(([key, kind, ...targets]) => [
      key,
      { kind, targets: targets.map((target) => target.split('.')) },
    ]),
  )
}
