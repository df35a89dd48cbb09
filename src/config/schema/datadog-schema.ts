import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { logLevel } from './log-level.ts'
import { secondsWithin } from './seconds.ts'
import { secret } from './secret.ts'
import { tagList } from './tag-list.ts'
import { webAddress } from './web-address.ts'

const hostname = z
  .string()
  .max(255)
  .regex(/^[a-z0-9]([a-z0-9._-]*[a-z0-9])?$/i)
  .refine((name) => !/^localhost(\.|$)/i.test(name))
  .meta({ allowed: 'a host name of letters, digits, dots and hyphens, not localhost' })

const folder = z
  .string()
  .startsWith('/')
  .transform((path) => (path === '/' ? path : path.replace(/\/+$/, '')))
  .meta({ allowed: 'an absolute path' })

/** Datadog's own options that have an effect here, under Datadog's own names. */
export const datadogSchema = z.strictObject({
  api_key: secret(1)
    .meta({
      description:
        'Key that the agent shows to the server. When unset, the one that a server with the same `vigie.data_dir` made at its first start.',
      isSecret: true,
      legacyEnvironment: ['API_KEY'],
    })
    .optional(),
  site: z
    .string()
    .regex(/^[a-z0-9.-]+$/i)
    .meta({ allowed: 'a domain name, such as datadoghq.eu' })
    .default('datadoghq.com')
    .meta({ description: 'Datadog site to send to.', hasNoEffect: true }),
  dd_url: webAddress
    .meta({
      description: 'Address of a Datadog intake to send to, in place of the one of `site`.',
      hasNoEffect: true,
      alsoEnvironment: ['DD_URL'],
    })
    .optional(),
  hostname: hostname
    .meta({
      description:
        'Name of this host. When unset, the name that the machine gives itself, or inside a container the one that the engine gives its host.',
    })
    .optional(),
  tags: tagList.prefault([]).meta({
    description: 'Tags put on everything that comes from this host.',
    legacyEnvironment: ['TAGS'],
  }),
  env: z
    .string()
    .regex(/^\S+$/)
    .meta({
      allowed: 'a text without spaces, such as production',
      description: 'Environment of this host; adds the tag `env:<value>`.',
    })
    .optional(),
  log_level: logLevel.prefault('info').meta({
    description: 'How much our own log says. `off` says nothing.',
    legacyEnvironment: ['LOG_LEVEL'],
  }),
  container_proc_root: folder.prefault('/proc').meta({
    description:
      "The host's `/proc`. Inside a container the default is `/host/proc` where that folder exists.",
  }),
  container_cgroup_root: folder.prefault('/sys/fs/cgroup').meta({
    description:
      "The host's cgroup folder. Inside a container the default is `/host/sys/fs/cgroup` where that folder exists.",
  }),
  docker_query_timeout: secondsWithin(0.1, 300).prefault(5).meta({
    description: 'Longest wait for one answer of the container engine, in seconds.',
  }),
  forwarder_timeout: secondsWithin(0.1, 300).prefault(20).meta({
    description: 'Longest wait for one answer of the server, in seconds.',
  }),
  forwarder_retry_queue_payloads_max_size: byteSizeWithin('64KiB', '16GiB').prefault('15MiB').meta({
    description:
      'Memory for what waits while the server is away. When it is full, the oldest is dropped and counted.',
  }),
})
