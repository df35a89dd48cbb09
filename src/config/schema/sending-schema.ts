import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { webAddress } from '../../component/web-address.ts'
import { choiceOf } from './choices.ts'
import { endpointKeys } from './endpoint-keys.ts'

const bodySize = byteSizeWithin('1KiB', '64MiB')

/**
 * Datadog's options that say where data goes besides our server.
 * @see pkg/config/setup/common_settings.go of the agent, `agent` and `forwarder`
 */
export const destinationOptions = {
  site: z
    .string()
    .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i)
    .toLowerCase()
    .meta({
      allowed: 'a domain name, such as datadoghq.eu',
      description:
        'Datadog site that everything is sent to as well, at `https://app.<site>`. Nothing goes to Datadog unless this, `dd_url` or `additional_endpoints` is set.',
    })
    .optional(),
  dd_url: webAddress
    .meta({
      description:
        'Address of a Datadog intake that everything is sent to as well, in place of the one of `site`.',
      alsoEnvironment: ['DD_URL'],
    })
    .optional(),
  additional_endpoints: endpointKeys.prefault({}).meta({
    description:
      'Further intakes that speak the protocol of Datadog, each with the keys to send with. In a variable, JSON: `{"https://app.datadoghq.eu":["<key>"]}`.',
  }),
} as const

/**
 * Datadog's options for how it goes there.
 * @see pkg/config/setup/common_settings.go of the agent, `serializer`
 */
export const serializerOptions = {
  use_v2_api: z
    .strictObject({
      series: z.boolean().default(true).meta({
        description: 'Whether points are sent as protobuf. Otherwise as JSON, by the older route.',
      }),
    })
    .meta({ description: 'Which version of the intake is spoken to.' }),
  serializer_compressor_kind: choiceOf(['zstd', 'zlib', 'gzip', 'none']).prefault('zstd').meta({
    description:
      'How what goes to Datadog is compressed. Logs have `logs_config.compression_kind`.',
  }),
  serializer_zstd_compressor_level: z
    .int()
    .min(1)
    .max(19)
    .default(1)
    .meta({ description: 'How hard zstd tries.' }),
  serializer_max_payload_size: bodySize.prefault(2_621_440).meta({
    description: 'Largest body of events, checks and sketches, compressed.',
  }),
  serializer_max_uncompressed_payload_size: bodySize.prefault(4_194_304).meta({
    description: 'Largest body of events, checks and sketches before it is compressed.',
  }),
  serializer_max_series_points_per_payload: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(10_000)
    .meta({ description: 'Points in one body at most.' }),
  serializer_max_series_payload_size: bodySize.prefault(512_000).meta({
    description: 'Largest body of points, compressed.',
  }),
  serializer_max_series_uncompressed_payload_size: bodySize.prefault(5_242_880).meta({
    description: 'Largest body of points before it is compressed.',
  }),
} as const
