import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { logRules } from './log-rules.ts'
import { logsSendingOptions } from './logs-sending-schema.ts'
import { multiLineSamples } from './multi-line-samples.ts'
import { secondsWithin } from './seconds.ts'

const off = z.boolean().default(false)
const on = z.boolean().default(true)
const count = z.int().min(1)
const folder = z
  .string()
  .regex(/^(\/.*)?$/s)
  .meta({ allowed: 'an absolute path; empty means none' })

/** Datadog's options of `logs_config` that have an effect here. */
export const logsConfigSchema = z
  .strictObject({
    container_collect_all: z
      .boolean()
      .meta({
        description:
          'Whether the logs of all containers are collected, and not only of those that a label or a file names. When unset: yes, unless `logs_enabled` is set, as for Datadog.',
      })
      .optional(),
    docker_container_use_file: on.meta({
      description:
        "Whether the logs of containers are read from the engine's files. Otherwise, and where these cannot be read, the engine is asked for them.",
    }),
    docker_container_force_use_file: off.meta({
      description:
        'Whether they are read from files also where the engine was asked for them before.',
    }),
    docker_path_override: folder.default('').meta({
      description:
        "The engine's data folder as this process sees it. When unset, as the engine tells it: `/var/lib/docker`.",
    }),
    run_path: folder.default('').meta({
      description:
        'Folder of the pointer file `registry.json`, which says how far every log has been delivered. When unset, `agent` in `vigie.data_dir`.',
    }),
    auditor_ttl: z.int().min(1).max(8760).default(23).meta({
      description: 'How long the pointer of a log that is gone is kept, in hours.',
    }),
    open_files_limit: count.max(1_000_000).default(500).meta({
      description:
        'Log files that are open at a time. Further ones are not read, and status and page say so.',
    }),
    file_scan_period: secondsWithin(0.1, 3600).prefault(10).meta({
      description:
        'How often files are looked for where the kernel does not tell of them, in seconds.',
    }),
    file_wildcard_selection_mode: z
      .enum(['by_name', 'by_modification_time'])
      .default('by_name')
      .meta({
        description:
          'Which files of a wildcard are read when there are more than may be open: the last by their names, or those written to last.',
      }),
    close_timeout: secondsWithin(1, 86_400).prefault(60).meta({
      description:
        'How long a file that was rotated away or deleted stays open once nothing more comes, in seconds.',
    }),
    max_message_size_bytes: z.int().min(1024).max(16_000_000).default(900_000).meta({
      description:
        'Longest line in bytes. What is longer is cut into parts with a marker at the cuts.',
    }),
    aggregation_timeout: z.int().min(1).max(60_000).default(1000).meta({
      description: 'Longest wait for the rest of a line that comes in parts, in milliseconds.',
    }),
    frame_size: z.int().min(512).max(1_048_576).default(9000).meta({
      description: 'Longest datagram, and longest line over TCP, in bytes.',
    }),
    batch_wait: secondsWithin(0.01, 10).prefault(5).meta({
      description:
        'Longest time that lines wait to be sent together, in seconds. They wait 0.2 seconds where this is longer.',
    }),
    processing_rules: logRules.prefault([]).meta({
      description:
        'What is done to each line, in this order: left out (`exclude_at_match`, `include_at_match`, `exclude_truncated`) or masked (`mask_sequences`).',
    }),
    auto_multi_line_detection: on.meta({
      description:
        'Whether lines that belong together, such as a stack trace, are joined by themselves.',
    }),
    auto_multi_line: z
      .strictObject({
        enable_json_aggregation: on.meta({
          description: 'Whether JSON over several lines is joined.',
        }),
        enable_datetime_detection: on.meta({
          description: 'Whether a line that begins with a time begins an entry.',
        }),
      })
      .meta({ description: 'How lines that belong together are found.' }),
    auto_multi_line_detection_custom_samples: multiLineSamples.prefault([]).meta({
      description:
        'Regular expressions (`regex`) for further beginnings of entries, or samples of them.',
    }),
    tag_truncated_logs: off.meta({
      description: 'Whether a line that was cut says so, as the attribute `truncated`.',
    }),
    tag_multi_line_logs: off.meta({
      description: 'Whether an entry that was joined says so, as the attribute `multiline`.',
    }),
    add_logsource_tag: off.meta({
      description:
        'Whether lines of containers carry `logsource:stdout` or `logsource:stderr`, as the attribute `logsource`.',
    }),
    ...logsSendingOptions,
  })
  .meta({ description: 'How logs are collected, and how they are sent to Datadog.' })

/** What Datadog has no name for. */
export const logsLimitsSchema = z
  .strictObject({
    in_flight: byteSizeWithin('1MiB', '4GiB').prefault('20MiB').meta({
      description:
        'Compressed log lines that were sent and not yet acknowledged. Beyond it no more is read: lines wait in their files.',
    }),
    held: byteSizeWithin('0', '1024TiB').prefault('1GiB').meta({
      description:
        'What may be left to be read in files of one log that were deleted, and are kept open until it is delivered, such as those that the engine rotates away while the server is away. Beyond it the oldest are given up, and the ledger counts their bytes as lost.',
    }),
    connections: count.max(65_536).default(512).meta({
      description: 'Connections to the TCP ports for logs, all together.',
    }),
    pod_logs_path: folder.default('/var/log/pods').meta({
      description: "The kubelet's folder of log files; empty means that it is not read.",
    }),
    budget: byteSizeWithin('1MiB', '1024TiB').prefault('1GiB').meta({
      description:
        'Bytes of log lines that are kept of one container. Beyond it its oldest lines give way, and those of no other.',
    }),
  })
  .meta({ description: 'What logs may cost.' })
