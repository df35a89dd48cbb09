import type { Compression, DatadogSettings } from '../component/datadog-settings.ts'
import type { DatadogDestinations } from './destinations/find-destinations.ts'
import type { ParsedConfiguration } from './schema/compose-schema.ts'

/** Level of zlib and gzip where there is no option for it: that of zlib itself. */
const usualLevel = 6

/** How data goes to Datadog, and to others that take the same. */
export function toDatadogSettings(
  parsed: ParsedConfiguration,
  destinations: DatadogDestinations,
): DatadogSettings {
  const { serializer_compressor_kind: kind } = parsed
  return {
    destinations: destinations.metrics,
    series: parsed.use_v2_api.series ? 'v2' : 'v1',
    compression: kind === 'zlib' ? 'deflate' : kind,
    compressionLevel: kind === 'zstd' ? parsed.serializer_zstd_compressor_level : usualLevel,
    limits: {
      bytes: parsed.serializer_max_uncompressed_payload_size,
      compressedBytes: parsed.serializer_max_payload_size,
      seriesBytes: parsed.serializer_max_series_uncompressed_payload_size,
      seriesCompressedBytes: parsed.serializer_max_series_payload_size,
      seriesPoints: parsed.serializer_max_series_points_per_payload,
    },
    logs: toLogsOutward(parsed, destinations),
  }
}

function toLogsOutward(
  { logs_config: options }: ParsedConfiguration,
  { logs }: DatadogDestinations,
): DatadogSettings['logs'] {
  const compression = chooseCompression(options)
  return {
    destinations: logs,
    compression,
    compressionLevel:
      compression === 'zstd' ? options.zstd_compression_level : options.compression_level,
    batchBytes: options.batch_max_content_size,
    batchLines: options.batch_max_size,
  }
}

/** Not every other intake reads zstd: the Datadog Agent falls back to gzip too where nothing is said. */
function chooseCompression({
  use_compression: isCompressed,
  compression_kind: kind,
  additional_endpoints: others,
}: ParsedConfiguration['logs_config']): Compression {
  if (!isCompressed) return 'none'
  return kind ?? (others.length > 0 ? 'gzip' : 'zstd')
}
