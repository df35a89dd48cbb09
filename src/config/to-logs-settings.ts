import type { LogConfig } from '../component/log-config.ts'
import type { LogsSettings } from '../component/logs-settings.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'
import type { LogsLimits } from './schema/vigie-schema.ts'

const hourMs = 3_600_000

/** What of the configuration says anything of logs. */
export interface LogsConfiguration extends Pick<
  ParsedConfiguration,
  'logs_enabled' | 'logs_config' | 'container_exclude_stopped_age' | 'bind_host'
> {
  readonly vigie: { readonly logs: LogsLimits }
}

/**
 * What counts for logs, from Datadog's options and from ours. Datadog's agent collects none unless it is told to; where a
 * configuration says nothing of logs, those of all containers are collected here.
 * @param configs What the files in `conf.d` have under `logs:`.
 * @see docs/decisions/014-logs.md
 */
export function toLogsSettings(
  parsed: LogsConfiguration,
  configs: readonly LogConfig[],
): LogsSettings {
  const { logs_enabled: isEnabled, logs_config: options, vigie } = parsed
  const collectsAll = options.container_collect_all
  return {
    isEnabled: isEnabled ?? true,
    // Who switches logs on as for Datadog gets what Datadog collects.
    collectsAll: collectsAll ?? isEnabled === undefined,
    ...toReading(parsed),
    maxMessageBytes: options.max_message_size_bytes,
    aggregationTimeoutMs: options.aggregation_timeout,
    bindHost: parsed.bind_host,
    frameBytes: options.frame_size,
    rules: options.processing_rules,
    multiLine: {
      isAutomatic: options.auto_multi_line_detection,
      joinsJson: options.auto_multi_line.enable_json_aggregation,
      hasTimestampDetection: options.auto_multi_line.enable_datetime_detection,
      samples: options.auto_multi_line_detection_custom_samples,
    },
    tagsTruncated: options.tag_truncated_logs,
    tagsMultiLine: options.tag_multi_line_logs,
    tagsOutput: options.add_logsource_tag,
    batchWaitMs: options.batch_wait,
    inFlightBytes: vigie.logs.in_flight,
    connections: vigie.logs.connections,
    configs,
  }
}

/** Which files are read, and how long. */
function toReading({
  logs_config: options,
  container_exclude_stopped_age: stoppedHours,
  vigie,
}: LogsConfiguration): Pick<
  LogsSettings,
  | 'runPath'
  | 'auditorTtlMs'
  | 'openFilesLimit'
  | 'scanPeriodMs'
  | 'wildcardOrder'
  | 'closeTimeoutMs'
  | 'heldBytes'
  | 'prefersFiles'
  | 'forcesFiles'
  | 'dockerPath'
  | 'podLogsPath'
  | 'stoppedAgeMs'
> {
  return {
    runPath: options.run_path,
    auditorTtlMs: options.auditor_ttl * hourMs,
    openFilesLimit: options.open_files_limit,
    scanPeriodMs: options.file_scan_period,
    wildcardOrder: options.file_wildcard_selection_mode,
    closeTimeoutMs: options.close_timeout,
    heldBytes: vigie.logs.held,
    prefersFiles: options.docker_container_use_file,
    forcesFiles: options.docker_container_force_use_file,
    dockerPath: options.docker_path_override,
    podLogsPath: vigie.logs.pod_logs_path,
    stoppedAgeMs: stoppedHours * hourMs,
  }
}
