import { z } from 'zod'
import { datadogSchema } from './datadog-schema.ts'
import { vigieSchema } from './vigie-schema.ts'

/** What the configuration needs to know of a source, a stage or a sink. */
export interface ComponentDescription {
  readonly name: string
  readonly about: string
  /** A `z.strictObject` of snake_case keys, each with a default or optional, and described. */
  readonly config: z.ZodType
  /** Absent means true. */
  readonly isEnabledByDefault?: boolean
}

/** The components of the program, by the section of `vigie:` that configures them. */
export interface ComponentLists {
  readonly sources?: readonly ComponentDescription[]
  readonly stages?: readonly ComponentDescription[]
  readonly sinks?: readonly ComponentDescription[]
}

/** One component as it is configured: `config` is what its own schema made of the file. */
export interface ComponentSettings {
  readonly isEnabled: boolean
  readonly config: unknown
}

interface ComponentSections {
  readonly sources: Readonly<Record<string, ComponentSettings>>
  readonly stages: Readonly<Record<string, ComponentSettings>>
  readonly sinks: Readonly<Record<string, ComponentSettings>>
}

/** What the schema makes of a file without faults, still under the names of the file. */
export type ParsedConfiguration = z.output<typeof datadogSchema> & {
  readonly vigie: z.output<typeof vigieSchema> & ComponentSections
}

/**
 * The schema of the whole file: Datadog's options, ours under `vigie:`, and those of each component. It wants every
 * section to be there, if only as `{}`.
 */
export function composeSchema(components: ComponentLists): z.ZodType<ParsedConfiguration> {
  const vigie = vigieSchema
    .extend({
      sources: composeSection('What is collected.', components.sources),
      stages: composeSection('What happens to it on the way.', components.stages),
      sinks: composeSection('Where it is sent.', components.sinks),
    })
    .meta({ description: 'What Datadog has no name for.' })
  return datadogSchema.extend({ vigie })
}

/** In the file a component goes by its name with `_` for `-`, in the settings by its name. */
function composeSection(
  about: string,
  components: readonly ComponentDescription[] = [],
): z.ZodType<Readonly<Record<string, ComponentSettings>>> {
  const shape: Record<string, z.ZodType<ComponentSettings>> = {}
  const names = new Map<string, string>()
  for (const component of components) {
    const key = component.name.replaceAll('-', '_')
    shape[key] = composeComponent(component)
    names.set(key, component.name)
  }
  return z
    .strictObject(shape)
    .transform((section) =>
      Object.fromEntries(
        Object.entries(section).map(([key, settings]) => [names.get(key) ?? key, settings]),
      ),
    )
    .meta({ description: about })
}

function composeComponent(component: ComponentDescription): z.ZodType<ComponentSettings> {
  const { name, about, config, isEnabledByDefault = true } = component
  if (!(config instanceof z.ZodObject)) {
    throw new TypeError(`Cannot configure ${name}: its config is not a z.strictObject`)
  }
  const enabled = z
    .boolean()
    .default(isEnabledByDefault)
    .meta({ description: `Whether \`${name}\` runs.` })
  return config
    .safeExtend({ enabled })
    .pipe(z.looseObject({ enabled: z.boolean() }))
    .transform(({ enabled: isEnabled, ...given }) => ({ isEnabled, config: given }))
    .meta({ description: about })
}
