import { existsSync } from 'node:fs'
import { z } from 'zod'
import type { Assignments } from '../assignment.ts'
import { secretsOptions } from '../schema/secrets-schema.ts'
import type { SecretBackend } from './backend.ts'
import { createCommandBackend } from './command-backend.ts'
import { createBuiltInBackend, createTypedBackend, isBuiltInCommand } from './file-backends.ts'

/** Where values are kept; `none`: nothing says; `faulty`: what says it makes no sense, which is told elsewhere. */
export type ChosenBackend =
  | { readonly kind: 'backend'; readonly backend: SecretBackend }
  | { readonly kind: 'none' }
  | { readonly kind: 'faulty' }

/** The backend that the options name; a program counts before a type, as in the Datadog Agent. */
export function chooseBackend(
  assignments: Assignments,
  env: Readonly<Record<string, string | undefined>>,
): ChosenBackend {
  const given: Record<string, unknown> = {}
  for (const key of Object.keys(secretsOptions)) {
    const assignment = assignments.get(key)
    if (assignment !== undefined) given[key] = assignment.value
  }
  const { data: options } = z.object(secretsOptions).safeParse(given)
  if (options === undefined) return { kind: 'faulty' }
  const { secret_backend_command: command, secret_backend_type: type } = options
  if (command !== '') {
    const isBuiltIn = isBuiltInCommand(command) && !existsSync(command)
    return {
      kind: 'backend',
      backend: isBuiltIn ? createBuiltInBackend(options) : createCommandBackend(options, env),
    }
  }
  return type === '' ? { kind: 'none' } : { kind: 'backend', backend: createTypedBackend(options) }
}
