import { z } from 'zod'
import { containerPatterns } from './container-patterns.ts'
import { dogstatsdOptions } from './dogstatsd-schema.ts'
import { dogstatsdWithoutEffect } from './dogstatsd-without-effect.ts'
import { forwarderOptions } from './forwarder-schema.ts'
import { logLevel } from './log-level.ts'
import { logsConfigSchema } from './logs-schema.ts'
import { outboundOptions } from './outbound-schema.ts'
import { secondsWithin } from './seconds.ts'
import { secret } from '../../component/secret.ts'
import { secretsOptions } from './secrets-schema.ts'
import { destinationOptions, serializerOptions } from './sending-schema.ts'
import { tagList } from './tag-list.ts'

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

const tagRules = z.record(z.string(), z.string()).meta({
  allowed: 'a mapping of names to tag keys; in a variable as JSON, such as {"team":"team"}',
})

/** Datadog's own options that have an effect here, under Datadog's own names. */
export const datadogSchema = z.strictObject({
  api_key: secret(1)
    .meta({
      description:
        'Key for Datadog, where data goes there too. Otherwise the key that the agent shows to the server; when unset, the one that a server with the same `vigie.data_dir` made at its first start.',
      isSecret: true,
      legacyEnvironment: ['API_KEY'],
    })
    .optional(),
  ...destinationOptions,
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
  confd_path: z
    .string()
    .min(1)
    .meta({
      allowed: 'a path',
      description:
        "Folder with the Datadog Agent's files for single checks, such as `docker.d/conf.yaml`. When unset, `conf.d` beside the configuration file. A relative path starts from the folder in which the command runs.",
    })
    .optional(),
  container_proc_root: folder.prefault('/proc').meta({
    description:
      "The host's `/proc`. Inside a container the default is `/host/proc` where that folder exists.",
  }),
  container_cgroup_root: folder.prefault('/sys/fs/cgroup').meta({
    description:
      "The host's cgroup folder. Inside a container the default is `/host/sys/fs/cgroup` where that folder exists.",
  }),
  container_include: containerPatterns.prefault([]).meta({
    description:
      'Containers that are watched whatever the exclude lists say. Patterns are regular expressions as Go has them, and match anywhere in the name of the image or of the container.',
  }),
  container_exclude: containerPatterns.prefault([]).meta({
    description:
      'Containers that are not watched. They still count in `docker.containers.running` and `docker.containers.stopped`.',
  }),
  container_include_metrics: containerPatterns
    .prefault([])
    .meta({ description: 'Adds to `container_include`, for figures only.' }),
  container_exclude_metrics: containerPatterns
    .prefault([])
    .meta({ description: 'Adds to `container_exclude`, for figures only.' }),
  container_include_logs: containerPatterns
    .prefault([])
    .meta({ description: 'Adds to `container_include`, for logs only.' }),
  container_exclude_logs: containerPatterns
    .prefault([])
    .meta({ description: 'Adds to `container_exclude`, for logs only.' }),
  ac_include: containerPatterns.prefault([]).meta({
    description:
      'Old name of `container_include`; counts only where neither that nor `container_exclude` is set.',
  }),
  ac_exclude: containerPatterns.prefault([]).meta({
    description:
      'Old name of `container_exclude`; counts only where neither that nor `container_include` is set.',
  }),
  exclude_pause_container: z.boolean().default(true).meta({
    description:
      'Whether containers that only hold the network of a Kubernetes pod or an ECS task are left out.',
  }),
  docker_labels_as_tags: tagRules.default({}).meta({
    description:
      'Labels of containers that become tags: the label, or a pattern with `*`, and the key of the tag. Several keys have commas between them, `+key` has high cardinality, and `%%label%%` in a key stands for the name of the label. Upper and lower case are the same.',
  }),
  container_labels_as_tags: tagRules.default({}).meta({
    description: 'Adds to `docker_labels_as_tags`, which counts where both name a label.',
  }),
  docker_env_as_tags: tagRules.default({}).meta({
    description:
      'Variables of containers that become tags, written like `docker_labels_as_tags`; `%%env%%` stands for the name of the variable. What looks like a secret becomes one only when its name is written out.',
  }),
  container_env_as_tags: tagRules.default({}).meta({
    description: 'Adds to `docker_env_as_tags`, which counts where both name a variable.',
  }),
  docker_query_timeout: secondsWithin(0.1, 300).prefault(5).meta({
    description: 'Longest wait for one answer of the container engine, in seconds.',
  }),
  logs_enabled: z
    .boolean()
    .meta({
      description:
        'Whether logs are collected. When unset, they are, of all containers; Datadog collects none then.',
    })
    .optional(),
  container_exclude_stopped_age: z.int().min(0).max(87_600).default(22).meta({
    description:
      'Logs of containers that ended longer ago than this are not read, in hours, unless their reading had begun.',
  }),
  logs_config: logsConfigSchema,
  ...serializerOptions,
  ...forwarderOptions,
  ...outboundOptions,
  ...secretsOptions,
  ...dogstatsdOptions,
  ...dogstatsdWithoutEffect,
})
