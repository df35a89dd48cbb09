import { dirname, isAbsolute } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { readTextFile } from '../read-text-file.ts'
import type { SecretOptions } from '../schema/secrets-schema.ts'
import { secretFault, type SecretAnswers, type SecretBackend } from './backend.ts'
import { readSecretFile } from './read-secret-file.ts'

/** Programs that come with the images of the Datadog Agent, and what they do. */
const builtInCommands: ReadonlyMap<string, 'folder' | 'providers'> = new Map([
  ['/readsecret.py', 'folder'],
  ['/readsecret.sh', 'folder'],
  ['/readsecret_multiple_providers.sh', 'providers'],
])

/** Whether a program of that name is built in; it is used where there is no such program. */
export function isBuiltInCommand(path: string): boolean {
  return builtInCommands.has(path)
}

/**
 * Does what the program named by `secret_backend_command` does in an image of the Datadog Agent.
 * @see cmd/secrethelper/secret_helper.go of the agent
 */
export function createBuiltInBackend(options: SecretOptions): SecretBackend {
  const name = options.secret_backend_command
  const [folder] = options.secret_backend_arguments
  const hasProviders = builtInCommands.get(name) === 'providers'
  return {
    option: 'secret_backend_command',
    describe: () => ({ kind: 'files', name, ...(folder !== undefined && { place: folder }) }),
    read() {
      if (folder === undefined && !hasProviders) {
        return secretFault('saw no folder; name one in secret_backend_arguments')
      }
      return {
        kind: 'answers',
        of(handle) {
          const [provider = '', ...rest] = hasProviders ? handle.split('@') : [handle]
          if (rest.length > 0) return readProvided(provider, rest.join('@'))
          if (folder !== undefined) return readSecretFile(folder, handle)
          return secretFault('allowed: ENC[file@/path], or a folder in secret_backend_arguments')
        },
      }
    },
  }
}

function readProvided(provider: string, path: string): ReturnType<typeof readSecretFile> {
  if (provider !== 'file') {
    return secretFault(`saw the provider ${JSON.stringify(provider)}; allowed: file`)
  }
  if (!isAbsolute(path)) return secretFault(`saw ${path}; allowed: an absolute path`)
  return readSecretFile(dirname(path), path)
}

const placesSchema = z.object({
  secrets_path: z.string().min(1).optional(),
  file_path: z.string().min(1).optional(),
})

/**
 * The backends of `secret_backend_type`.
 * @see cmd/secret-generic-connector/backend of the agent
 */
export function createTypedBackend(options: SecretOptions): SecretBackend {
  const { secret_backend_type: name } = options
  const { data: places = {} } = placesSchema.safeParse(options.secret_backend_config)
  const isOneFile = name === 'file.json' || name === 'file.yaml'
  const usual = name === 'docker.secrets' ? '/run/secrets' : undefined
  const place = isOneFile ? places.file_path : (places.secrets_path ?? usual)
  return {
    option: 'secret_backend_type',
    describe: () => ({ kind: 'files', name, ...(place !== undefined && { place }) }),
    read() {
      if (place === undefined) {
        const part = isOneFile ? 'file_path' : 'secrets_path'
        return secretFault(`saw no ${part} for ${name}; set it in secret_backend_config`)
      }
      if (isOneFile) return readMapping(place)
      return { kind: 'answers', of: (handle) => readSecretFile(place, handle) }
    },
  }
}

/** One file with all values, as YAML or JSON, one level deep. */
function readMapping(path: string): SecretAnswers {
  const file = readTextFile(path, 'secret_backend_config')
  if (file.kind === 'fault') return secretFault(`${path}: ${file.message}`)
  const { data: values } = z.record(z.string(), z.unknown()).safeParse(parseYaml(file.text))
  if (values === undefined) return secretFault(`saw that ${path} is no mapping of handles to texts`)
  const byHandle = new Map(Object.entries(values))
  return {
    kind: 'answers',
    of(handle) {
      const value = byHandle.get(handle)
      if (value === undefined) return secretFault(`${path} has no such key`)
      const isText = typeof value === 'string' || typeof value === 'number'
      if (!isText || value === '') return secretFault(`${path} has no text for it`)
      return { kind: 'value', value: String(value).replace(/[\r\n]+$/, '') }
    },
  }
}

function parseYaml(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'error' })
  } catch {
    return undefined
  }
}
