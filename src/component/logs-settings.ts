import type { LogConfig } from './log-config.ts'
import type { LogRule } from './log-rule.ts'

/** Samples by which lines are seen to begin an entry, beside time stamps. */
export interface MultiLineSample {
  /** A regular expression for the beginning of an entry. */
  readonly pattern: string
}

/**
 * Datadog's options for logs, as far as they have an effect here, and ours.
 * @see docs/reference/configuration.md
 */
export interface LogsSettings {
  /** `logs_enabled`; on when neither it nor `container_collect_all` is set. */
  readonly isEnabled: boolean
  /** `logs_config.container_collect_all`: those without a configuration of their own too. */
  readonly collectsAll: boolean
  /** `logs_config.run_path`: folder of the pointer file `registry.json`; empty: the agent's state folder. */
  readonly runPath: string
  readonly auditorTtlMs: number
  readonly openFilesLimit: number
  /** `file_scan_period`: the slow sweep, for what inotify cannot tell. */
  readonly scanPeriodMs: number
  /** `file_wildcard_selection_mode`: which files when there are more than may be open. */
  readonly wildcardOrder: 'by_name' | 'by_modification_time'
  /** `close_timeout`: how long a file that was rotated away or deleted is still read, once nothing more comes. */
  readonly closeTimeoutMs: number
  /** `vigie.logs.held`: what may be left to be read in deleted files of one log that are kept open all the same. */
  readonly heldBytes: number
  /** `docker_container_use_file`. */
  readonly prefersFiles: boolean
  /** `docker_container_force_use_file`. */
  readonly forcesFiles: boolean
  /** `docker_path_override`: the engine's data folder as this process sees it; empty: as the engine tells it. */
  readonly dockerPath: string
  /** Folder of the kubelet's log files. */
  readonly podLogsPath: string
  /** `container_exclude_stopped_age`: older ends are not read at the first start. */
  readonly stoppedAgeMs: number
  readonly maxMessageBytes: number
  /** `aggregation_timeout`: longest wait for the rest of an entry. */
  readonly aggregationTimeoutMs: number
  /** `bind_host`: where TCP and UDP ports for logs are opened, unless their own configuration says otherwise. */
  readonly bindHost: string
  /** `frame_size`: longest datagram and longest line over TCP and UDP. */
  readonly frameBytes: number
  /** `processing_rules`: before those of each source. */
  readonly rules: readonly LogRule[]
  readonly multiLine: {
    /** `auto_multi_line_detection`. */
    readonly isAutomatic: boolean
    readonly joinsJson: boolean
    readonly hasTimestampDetection: boolean
    readonly samples: readonly MultiLineSample[]
  }
  /** `tag_truncated_logs`, `tag_multi_line_logs`, `add_logsource_tag`. */
  readonly tagsTruncated: boolean
  readonly tagsMultiLine: boolean
  readonly tagsOutput: boolean
  /** `batch_wait`: longest time that a line waits for others, at most; lines of a busy container wait less. */
  readonly batchWaitMs: number
  /** `vigie.logs.in_flight`: compressed bytes that were sent and not acknowledged; beyond them no more is read. */
  readonly inFlightBytes: number
  /** `vigie.logs.connections`: of all TCP listeners together. */
  readonly connections: number
  /** Of all files in `conf.d`, and of the configuration file. */
  readonly configs: readonly LogConfig[]
}
