import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { accessSchema, oidcSchema, tlsSchema, trustedProxies } from './access-schema.ts'
import { engineAddress } from './engine-address.ts'
import { listenAddress } from '../../component/listen-address.ts'
import { logsLimitsSchema } from './logs-schema.ts'
import { secret } from '../../component/secret.ts'
import { retentionSchema, storeSchema } from './store-schema.ts'
import { openAddress } from './open-address.ts'
import { secondsWithin } from './seconds.ts'

const count = z.int().min(1)
const path = z.string().min(1).meta({ allowed: 'a path' })

const docker = z
  .strictObject({
    host: engineAddress.prefault('unix:///var/run/docker.sock').meta({
      description:
        'Address of the container engine. Inside a container the default is `unix:///host/var/run/docker.sock` where only that socket exists.',
      alsoEnvironment: ['DOCKER_HOST'],
    }),
    cert_path: path
      .meta({
        description:
          'Folder with `ca.pem`, `cert.pem` and `key.pem` for an engine behind TLS. When unset, no TLS.',
        alsoEnvironment: ['DOCKER_CERT_PATH'],
      })
      .optional(),
    tls_verify: z
      .boolean()
      .default(false)
      .meta({
        description:
          "Whether the engine's certificate is checked. As in Docker itself, `DOCKER_TLS_VERIFY` means yes whatever it holds.",
        environmentFlags: ['DOCKER_TLS_VERIFY'],
      }),
  })
  .meta({ description: 'How to reach the container engine.' })

const agent = z
  .strictObject({
    queue_batches: count.max(1_000_000).default(1024).meta({
      description:
        'Batches that may wait before each sink. When the queue is full, sources are held back, then the batch is dropped and counted.',
    }),
    stop_timeout: secondsWithin(0.1, 3600).prefault(2).meta({
      description:
        'How long the agent may take to stop, in seconds. What could not be delivered by then is kept only as far as `forwarder_storage_max_size_in_bytes` allows; log lines are read again. It ends as soon as all is delivered.',
    }),
  })
  .meta({ description: 'The agent.' })

const dogstatsd = z
  .strictObject({
    max_contexts: count.max(2_000_000).default(100_000).meta({
      description:
        'Names with their tags that are added up at a time. Beyond it samples of new ones are dropped and counted.',
    }),
    max_set_members: count.max(100_000_000).default(1_000_000).meta({
      description: 'Different values in 10 seconds that sets remember, all together.',
    }),
    max_bins: z.int().min(10_000).max(64_000_000).default(16_000_000).meta({
      description: 'Bins that the sketches of distributions take in 10 seconds, all together.',
    }),
    histogram_samples: z.int().min(16).max(65_536).default(256).meta({
      description:
        'Samples in 10 seconds up to which percentiles of a histogram are exact. Beyond it they come from a sketch.',
    }),
    max_connections: count.max(65_536).default(512).meta({
      description: 'Clients on `dogstatsd_stream_socket` at a time; further ones are closed.',
    }),
  })
  .meta({ description: 'What programs that send metrics may cost. Datadog has no names for it.' })

const limits = z
  .strictObject({
    body_bytes: byteSizeWithin('64KiB', '1GiB').prefault('5MiB').meta({
      description: 'Largest body of one request, as it comes over the wire.',
    }),
    decompressed_bytes: byteSizeWithin('64KiB', '4GiB').prefault('64MiB').meta({
      description: 'Largest body of one request once it is decompressed.',
    }),
    connections: count
      .max(1_000_000)
      .default(2048)
      .meta({ description: 'Connections open at a time; further ones are closed at once.' }),
    live_streams: count
      .max(100_000)
      .default(256)
      .meta({ description: 'Pages that may follow live data at a time.' }),
  })
  .meta({ description: 'What the server takes from one client.' })

/** What we have of logs beside Datadog's options, parsed. */
export type LogsLimits = z.output<typeof logsLimitsSchema>

/** Our own limits for DogStatsD, parsed. */
export type DogstatsdLimits = z.output<typeof dogstatsd>

/** What Datadog has no name for; stands under `vigie:` in the same file. */
export const vigieSchema = z.strictObject({
  listen: listenAddress.prefault('127.0.0.1:8127').meta({
    description:
      'Address that the server listens on. One that other machines can reach needs accounts or `access_token`. Port 0 takes any free port.',
  }),
  server_url: openAddress
    .meta({
      description:
        'Address of the server that the agent sends to. When unset, `listen` on this machine.',
    })
    .optional(),
  access_token: secret(16)
    .meta({
      description:
        'Token that lets in whoever shows it, as an admin. Without one, and without accounts, nobody is asked for anything, and the server listens on this machine only.',
      isSecret: true,
    })
    .optional(),
  server_key: secret(1)
    .meta({
      description:
        'Key that the agent shows to the server. When unset, `api_key`, unless that is the key for Datadog; else the one that a server with the same `data_dir` made at its first start.',
      isSecret: true,
    })
    .optional(),
  server_key_file: path
    .meta({ description: 'File with that key, in place of `server_key`.' })
    .optional(),
  api_key_file: path.meta({ description: 'File with the `api_key`, in its place.' }).optional(),
  ca_cert: path
    .meta({
      description:
        'File with certificates, PEM, that are trusted beside those of the system wherever something is sent.',
      sharedEnvironment: ['SSL_CERT_FILE'],
    })
    .optional(),
  public_url: openAddress
    .meta({
      description:
        'Address under which people and agents reach the server, where it is another than `listen`, such as behind a proxy.',
    })
    .optional(),
  agent_image: z
    .string()
    .regex(/^[a-z0-9][\w.:/@-]*$/)
    .meta({
      allowed: 'the name of an image, such as registry.example.com/vigie-agent:1.0',
      description:
        "Image of the agent in the commands for adding a host. When unset, `vigie-agent` with the server's version, as `make image` calls it.",
    })
    .optional(),
  trusted_proxies: trustedProxies,
  tls: tlsSchema,
  access: accessSchema,
  oidc: oidcSchema,
  data_dir: path.default('./data').meta({
    description:
      'Folder for everything that is kept. A relative path starts from the folder in which the command runs.',
  }),
  docker,
  agent,
  dogstatsd,
  logs: logsLimitsSchema,
  store: storeSchema,
  retention: retentionSchema,
  dashboards_path: path.default('./dashboards.d').meta({
    description:
      "Folder with dashboards, `*.json` in Datadog's format. A relative path starts from the folder in which the command runs.",
  }),
  limits,
})
