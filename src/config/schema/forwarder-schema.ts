import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { secondsWithin } from './seconds.ts'

/**
 * Datadog's options for what waits to be sent. They count for each destination by itself, our server among them.
 * @see pkg/config/setup/common_settings.go of the agent, `forwarder`
 */
export const forwarderOptions = {
  forwarder_timeout: secondsWithin(0.1, 300).prefault(20).meta({
    description: 'Longest wait for one answer of a destination, in seconds.',
  }),
  forwarder_max_concurrent_requests: z
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ description: 'Requests on their way to one destination at a time.' }),
  forwarder_retry_queue_payloads_max_size: byteSizeWithin('64KiB', '16GiB').prefault('15MiB').meta({
    description:
      'Memory for what waits while a destination is away, for each of them. When it is full, the oldest goes to the disk.',
  }),
  forwarder_storage_max_size_in_bytes: byteSizeWithin('0', '16TiB').prefault('256MiB').meta({
    description:
      'Disk for what waits, for each destination; when it is full, the oldest is dropped and counted. 0 keeps nothing on disk, as the Datadog Agent does unless it is told otherwise; here an hour without a server, or a restart, is to lose nothing.',
  }),
  forwarder_storage_max_disk_ratio: z.number().min(0.01).max(1).default(0.8).meta({
    description:
      'Share of the disk that may be in use, by whatever, before nothing more waits on it.',
  }),
  forwarder_storage_path: z
    .string()
    .regex(/^(\/.*)?$/s)
    .default('')
    .meta({
      allowed: 'an absolute path; empty means `agent/forwarder` in `vigie.data_dir`',
      description: 'Folder for what waits on disk.',
    }),
  forwarder_outdated_file_in_days: z
    .int()
    .min(1)
    .max(3650)
    .default(10)
    .meta({ description: 'What has waited on disk for longer than this is deleted, in days.' }),
  forwarder_backoff_base: secondsWithin(0.01, 3600).prefault(2).meta({
    description:
      'After the n-th failure in a row nothing is sent for a time between base·2ⁿ/factor and base·2ⁿ, in seconds.',
  }),
  forwarder_backoff_factor: z
    .number()
    .min(2)
    .max(100)
    .default(2)
    .meta({ description: 'How far such pauses are spread by chance.' }),
  forwarder_backoff_max: secondsWithin(0.1, 86_400).prefault(64).meta({
    description: 'Longest of these pauses, in seconds.',
  }),
  forwarder_recovery_interval: z
    .int()
    .min(1)
    .max(1000)
    .default(2)
    .meta({ description: 'Failures that one success takes off the count.' }),
  forwarder_recovery_reset: z.boolean().default(false).meta({
    description: 'Whether one success takes all of them off.',
  }),
} as const
