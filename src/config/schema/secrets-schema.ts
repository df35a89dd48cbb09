import { z } from 'zod'
import { byteSizeWithin } from '../../component/byte-size.ts'
import { secondsWithin } from './seconds.ts'

/** Where values can be read without a program of one's own; the Datadog Agent has further ones, for clouds. */
const secretBackendTypes = [
  'file.text',
  'file.json',
  'file.yaml',
  'docker.secrets',
  'k8s.file',
] as const

/**
 * Datadog's options for values that stand elsewhere, and in the configuration as `ENC[handle]`.
 * @see pkg/config/setup/common_settings.go of the agent, "secrets backend"
 */
export const secretsOptions = {
  secret_backend_command: z
    .string()
    .regex(/^(\/.*)?$/s)
    .default('')
    .meta({
      allowed: 'an absolute path',
      description:
        'Program that is asked for what `ENC[handle]` stands for. Nobody but its owner may have rights on it. `/readsecret.sh` and `/readsecret_multiple_providers.sh`, which come with images of the Datadog Agent, are built in.',
    }),
  secret_backend_arguments: z
    .array(z.string())
    .default([])
    .meta({ description: 'Arguments of that program.' }),
  secret_backend_timeout: secondsWithin(0, 3600).prefault(30).meta({
    description: 'Longest time that it may take, in seconds; 0 means 30.',
  }),
  secret_backend_output_max_size: byteSizeWithin('0', '64MiB').prefault(1_048_576).meta({
    description: 'Longest output of it; 0 means 1 MiB.',
  }),
  secret_backend_command_allow_group_exec_perm: z.boolean().default(false).meta({
    description: 'Whether its group may read and run it too.',
  }),
  secret_backend_remove_trailing_line_break: z.boolean().default(false).meta({
    description:
      'Whether line ends at the end of a value are left out. Of values that are read from files they always are.',
  }),
  secret_backend_type: z
    .enum(['', ...secretBackendTypes])
    .default('')
    .meta({
      allowed: `one of ${secretBackendTypes.join(', ')}`,
      description:
        'Files that values are read from, in place of `secret_backend_command`: one file for each handle, or one file with all.',
    }),
  secret_backend_config: z.record(z.string(), z.unknown()).default({}).meta({
    allowed: 'a mapping; in a variable as JSON',
    description:
      'Where these files are: `secrets_path` names a folder (`docker.secrets`: `/run/secrets`), `file_path` a file.',
  }),
} as const

/** What these options are once parsed. */
export type SecretOptions = z.output<z.ZodObject<typeof secretsOptions>>
