import { spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { statSync } from 'node:fs'
import { z } from 'zod'
import type { SecretOptions } from '../schema/secrets-schema.ts'
import {
  secretFault,
  type BackendDescription,
  type SecretAnswer,
  type SecretAnswers,
  type SecretBackend,
} from './backend.ts'
import { checkRights, writeMode } from './check-rights.ts'

const usualTimeoutMs = 30_000
const usualOutputBytes = 1_048_576
const longestMessage = 200

const answersSchema = z.record(
  z.string(),
  z.object({ value: z.string().nullish(), error: z.string().nullish() }),
)

/**
 * A program of the user's: `{"version":"1.0","secrets":["handle"]}` goes to its standard input, and
 * `{"handle":{"value":"…","error":null}}` comes from its standard output.
 * @see comp/core/secrets/impl/fetch_secret.go of the Datadog Agent
 */
export function createCommandBackend(
  options: SecretOptions,
  env: Readonly<Record<string, string | undefined>>,
): SecretBackend {
  const path = options.secret_backend_command
  const mayGroupRun = options.secret_backend_command_allow_group_exec_perm
  return {
    option: 'secret_backend_command',
    read(handles) {
      const fault = checkRights(path, mayGroupRun)
      if (fault !== undefined) return secretFault(fault)
      const ended = run(options, withoutOurs(env), handles)
      const failure = describeFailure(ended, options)
      if (failure !== undefined) return secretFault(`saw that ${path} ${failure}`)
      return readAnswers(ended.stdout, options)
    },
    describe: () => describeCommand(path, mayGroupRun),
  }
}

function run(
  options: SecretOptions,
  env: Readonly<Record<string, string>>,
  handles: readonly string[],
): SpawnSyncReturns<string> {
  return spawnSync(options.secret_backend_command, options.secret_backend_arguments, {
    input: JSON.stringify({ version: '1.0', secrets: handles }),
    env,
    encoding: 'utf8',
    // What it says to standard error may have a secret in it.
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: options.secret_backend_timeout || usualTimeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: options.secret_backend_output_max_size || usualOutputBytes,
  })
}

/** It has what it needs to find a vault and to sign in there; keys of ours are none of its business. */
function withoutOurs(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const others: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    const isOurs = /^(DD_|VIGIE_)/.test(name) || name === 'API_KEY' || name === 'PROXY_PASSWORD'
    if (value !== undefined && !isOurs) others[name] = value
  }
  return others
}

function describeFailure(
  { error, status, signal }: SpawnSyncReturns<string>,
  options: SecretOptions,
): string | undefined {
  const code = error !== undefined && 'code' in error ? String(error.code) : undefined
  if (code === 'ETIMEDOUT')
    return `took longer than ${(options.secret_backend_timeout || usualTimeoutMs) / 1000} s; secret_backend_timeout says how long it may take`
  if (code === 'ENOBUFS')
    return `printed more than ${options.secret_backend_output_max_size || usualOutputBytes} bytes; secret_backend_output_max_size says how much it may print`
  if (status === 0) return undefined
  if (code !== undefined && code !== 'EPIPE') return `cannot be run: ${code}`
  const ending = signal === null ? `exit code ${status}` : `signal ${signal}`
  return `ended with ${ending}; run it by hand to see what it says`
}

function readAnswers(output: string, options: SecretOptions): SecretAnswers {
  const answers = answersSchema.safeParse(parseJson(output)).data
  if (answers === undefined) {
    return secretFault(
      `saw that ${options.secret_backend_command} did not print JSON such as {"handle":{"value":"…","error":null}}`,
    )
  }
  const byHandle = new Map(Object.entries(answers))
  return {
    kind: 'answers',
    of(handle): SecretAnswer {
      const { value = '', error } = byHandle.get(handle) ?? {}
      if (!byHandle.has(handle)) return secretFault('the program says nothing of it')
      if (error) return secretFault(`the program says: ${error.slice(0, longestMessage)}`)
      const text = options.secret_backend_remove_trailing_line_break
        ? (value ?? '').replace(/[\r\n]+$/, '')
        : (value ?? '')
      return text === '' ? secretFault('its value is empty') : { kind: 'value', value: text }
    },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function describeCommand(path: string, mayGroupRun: boolean): BackendDescription {
  const stats = statSync(path, { throwIfNoEntry: false })
  const fault = checkRights(path, mayGroupRun)
  return {
    kind: 'command',
    path,
    ...(stats !== undefined && { mode: writeMode(stats), owner: stats.uid, group: stats.gid }),
    ...(fault !== undefined && { fault }),
  }
}
