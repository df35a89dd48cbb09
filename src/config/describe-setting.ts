import { stringify } from 'yaml'
import type { EnvironmentName } from './schema/list-settings.ts'

/** `DD_API_KEY, API_KEY (Agent 5)`; a name in small letters beside the same in capitals goes without saying. */
export function listNames(environment: readonly EnvironmentName[]): string {
  return environment
    .filter(({ name }) => name === name.toUpperCase())
    .map(({ name, kind }) => (kind === 'legacy' ? `${name} (Agent 5)` : name))
    .join(', ')
}

/** What a setting or section is for, with its full stop, and whether that is so already. */
export function toSentence(about: string, hasNoEffect = false): string {
  const sentence = about === '' || about.endsWith('.') ? about : `${about}.`
  return hasNoEffect ? `${sentence} No effect in this version.` : sentence
}

/** A value on one line, as YAML. */
export function writeInline(value: unknown): string {
  return stringify(value, { collectionStyle: 'flow', lineWidth: 0 }).trimEnd()
}
