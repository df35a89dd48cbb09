import { z } from 'zod'
import { secret } from '../../component/secret.ts'
import { choiceOf } from './choices.ts'
import { logAddress } from './log-address.ts'
import { logEndpoints } from './log-endpoints.ts'

/**
 * Datadog's options in `logs_config` for sending logs to Datadog.
 * @see pkg/config/setup/config.go of the agent, `bindEnvAndSetLogsConfigKeys`
 */
export const logsSendingOptions = {
  logs_dd_url: logAddress
    .meta({
      description:
        'Intake that logs are sent to, in place of the one that follows from `dd_url` or `site`.',
    })
    .optional(),
  dd_url: logAddress
    .meta({ description: 'The same; counts where `logs_dd_url` is not set.' })
    .optional(),
  api_key: secret(1)
    .meta({ description: 'Key for it. When unset, `api_key`.', isSecret: true })
    .optional(),
  additional_endpoints: logEndpoints.prefault([]).meta({
    description:
      'Further intakes for logs, each with `host`, `port`, `api_key` and whether it `is_reliable`: a line counts as delivered once a reliable one has it.',
  }),
  logs_no_ssl: z.boolean().default(false).meta({
    description: 'Whether intakes that are given as `host:port` are spoken to without TLS.',
  }),
  use_compression: z
    .boolean()
    .default(true)
    .meta({ description: 'Whether logs are compressed on their way to Datadog.' }),
  compression_kind: choiceOf(['zstd', 'gzip'])
    .meta({
      description: 'How. When unset, zstd, or gzip where there are `additional_endpoints`.',
    })
    .optional(),
  compression_level: z.int().min(1).max(9).default(6).meta({ description: 'How hard gzip tries.' }),
  zstd_compression_level: z
    .int()
    .min(1)
    .max(19)
    .default(1)
    .meta({ description: 'How hard zstd tries.' }),
  batch_max_size: z
    .int()
    .min(1)
    .max(100_000)
    .default(1000)
    .meta({ description: 'Lines in one body to Datadog at most.' }),
  batch_max_content_size: z.int().min(1024).max(64_000_000).default(5_000_000).meta({
    description: 'Bytes of lines in one body to Datadog at most, before they are compressed.',
  }),
  use_http: z.boolean().default(true).meta({
    description: 'Whether logs go over HTTP, which they always do here.',
  }),
  force_use_http: z.boolean().default(true).meta({
    description: 'The same.',
  }),
} as const
