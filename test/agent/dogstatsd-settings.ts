import { z } from 'zod'
import type { DogstatsdSettings } from '../../src/component/dogstatsd-settings.ts'
import { dogstatsdOptions } from '../../src/config/schema/dogstatsd-schema.ts'
import { vigieSchema } from '../../src/config/schema/vigie-schema.ts'
import { toDogstatsdSettings } from '../../src/config/to-dogstatsd-settings.ts'

/** The defaults, but with no port and no socket: many tests run beside each other on one machine. */
export const dogstatsdDefaults: DogstatsdSettings = toDogstatsdSettings(
  z
    .strictObject(dogstatsdOptions)
    .parse({ dogstatsd_port: 0, dogstatsd_socket: '', dogstatsd_stream_socket: '' }),
  vigieSchema.shape.dogstatsd.parse({}),
)
