import type { ComponentLists } from '../config/schema/compose-schema.ts'
import { loadConfiguration, type Configuration } from '../config/load-configuration.ts'
import type { Settings } from '../config/settings.ts'
import { stages } from '../pipeline/stages/index.ts'
import { sinks } from '../sinks/index.ts'
import { sources } from '../sources/index.ts'
import type { CommandIo, OptionValues } from './command.ts'

/** The components of this program: what the configuration may speak of. */
export const components: ComponentLists = {
  sources: Object.values(sources),
  stages: stages,
  sinks: Object.values(sinks),
}

/** The option that every command with a configuration has. */
export const configOption = {
  flags: '-c, --config <path>',
  about: 'configuration file, or folder with vigie.yaml or datadog.yaml',
} as const

/**
 * Reads the configuration a command runs with; what is noticed on the way goes to standard error.
 * @throws {ConfigurationError} With every fault there is.
 */
export function readConfiguration(options: OptionValues, io: CommandIo): Configuration {
  const { config } = options
  const loaded = loadConfiguration({
    argvPath: typeof config === 'string' ? config : undefined,
    env: io.env,
    cwd: io.cwd,
    components,
  })
  for (const warning of loaded.warnings) io.err(`warning: ${warning}\n`)
  for (const info of loaded.infos) io.err(`info: ${info}\n`)
  return loaded
}

/** The settings of {@link readConfiguration}. */
export function loadSettings(options: OptionValues, io: CommandIo): Settings {
  return readConfiguration(options, io).settings
}
