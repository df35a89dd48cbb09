import { UsageError, type OptionValues } from './command.ts'

/**
 * An option that may be given with `true` or `false`, also in the Datadog Agent's spelling `-z=false`.
 * @throws {UsageError}
 */
export function readSwitch(given: OptionValues[string], flag: string): boolean {
  if (typeof given === 'boolean') return given
  const text = String(given).replace(/^=/, '')
  if (text === 'true' || text === 'false') return text === 'true'
  throw new UsageError(`Cannot use ${flag} ${String(given)}: allowed are true and false`)
}
