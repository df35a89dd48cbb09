import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { durationWithin } from '../../component/duration.ts'
import { secret } from '../../component/secret.ts'
import { storeAddress } from './store-address.ts'

const path = z.string().min(1).meta({ allowed: 'a path' })
const name = z
  .string()
  .regex(/^[A-Za-z_]\w{0,62}$/)
  .meta({ allowed: 'a name of up to 63 letters, digits and _, that does not start with a digit' })
const retention = durationWithin('1h', '3650d')

export const storeSchema = z
  .strictObject({
    url: storeAddress.prefault('embedded').meta({
      description:
        'Where data is kept: `embedded` means in the data folder. Else the HTTP address of a ClickHouse server.',
    }),
    user: z
      .string()
      .min(1)
      .default('default')
      .meta({ description: 'User of the ClickHouse server.' }),
    password: secret(1)
      .meta({ description: 'Password of the ClickHouse server.', isSecret: true })
      .optional(),
    password_file: path
      .meta({ description: 'File with that password, in place of `password`.' })
      .optional(),
    database: name.default('vigie').meta({
      description:
        'Database of the ClickHouse server that all tables are in. It is made where it is missing.',
    }),
    cluster: name
      .meta({
        description:
          'Name of a cluster in `remote_servers` of the ClickHouse server. With it, tables are replicated and spread over its shards.',
      })
      .optional(),
    ca_cert: path
      .meta({
        description:
          "File with the certificates that the ClickHouse server's is checked against, PEM. When unset, those that come with Node.",
      })
      .optional(),
    client_cert: path
      .meta({ description: 'File with the certificate shown to the ClickHouse server, PEM.' })
      .optional(),
    client_key: path.meta({ description: 'File with the key of `client_cert`, PEM.' }).optional(),
    skip_ssl_validation: z.boolean().default(false).meta({
      description: "Whether the ClickHouse server's certificate is taken unchecked.",
    }),
    max_bytes: byteSizeWithin('0B', '1000TiB').prefault('0B').meta({
      description:
        'Disk that the store may take in all. Beyond it the oldest data goes, every second first. 0 means no bound but the disk.',
    }),
    max_memory: byteSizeWithin('64MiB', '1TiB').prefault('512MiB').meta({
      description:
        'Memory that the engine of the store may take in all. One question gets half of it at most.',
    }),
    queue_bytes: byteSizeWithin('1MiB', '16GiB').prefault('64MiB').meta({
      description:
        'Memory for rows that wait to be written. When it is full, agents are asked to try again later.',
    }),
    max_series: z.int().min(1).max(100_000_000).default(1_000_000).meta({
      description:
        'Series that the server keeps in memory to recognise them. Beyond it, points of new series are refused and counted.',
    }),
  })
  .meta({ description: 'The store.' })

/** How long each kind of data is kept. */
export const retentionSchema = z
  .strictObject({
    points_1s: retention.prefault('6h').meta({
      description:
        'How long each second of each metric is kept. A point that comes later than that is dropped and counted.',
    }),
    points_10s: retention
      .prefault('7d')
      .meta({ description: 'How long metrics are kept in steps of 10 s.' }),
    points_1m: retention
      .prefault('90d')
      .meta({ description: 'How long metrics are kept in steps of a minute.' }),
    points_1h: retention
      .prefault('730d')
      .meta({ description: 'How long metrics are kept in steps of an hour.' }),
    sketches: retention.prefault('7d').meta({
      description:
        'How long each interval of distributions is kept, of which percentiles are taken.',
    }),
    events: retention.prefault('90d').meta({ description: 'How long events are kept.' }),
    logs: retention.prefault('30d').meta({
      description: 'How long log lines are kept, as far as `vigie.logs.budget` has room for them.',
    }),
    service_checks: retention
      .prefault('90d')
      .meta({ description: 'How long the states of service checks are kept.' }),
    containers: retention
      .prefault('90d')
      .meta({ description: 'How long the states of containers are kept.' }),
    container_totals: retention.prefault('90d').meta({
      description: 'How long the totals of each run of a container are kept, since its end.',
    }),
  })
  .meta({ description: 'How long data is kept.' })
