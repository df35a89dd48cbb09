import { join } from 'node:path'
import type { ForwarderSettings } from '../component/forwarder-settings.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'

const dayMs = 24 * 3_600_000

/** What may wait for each destination. */
export function toForwarderSettings(
  parsed: ParsedConfiguration,
  dataDir: string,
): ForwarderSettings {
  return {
    timeoutMs: parsed.forwarder_timeout,
    connections: parsed.forwarder_max_concurrent_requests,
    memoryBytes: parsed.forwarder_retry_queue_payloads_max_size,
    disk: {
      maxBytes: parsed.forwarder_storage_max_size_in_bytes,
      maxUsedRatio: parsed.forwarder_storage_max_disk_ratio,
      outdatedMs: parsed.forwarder_outdated_file_in_days * dayMs,
      folder: parsed.forwarder_storage_path || join(dataDir, 'agent', 'forwarder'),
    },
    backOff: {
      baseMs: parsed.forwarder_backoff_base,
      maxMs: parsed.forwarder_backoff_max,
      factor: parsed.forwarder_backoff_factor,
      recovery: parsed.forwarder_recovery_interval,
      resets: parsed.forwarder_recovery_reset,
    },
  }
}
