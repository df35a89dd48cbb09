import { z } from 'zod'
import { describeAllowed, type SchemaNode } from './describe-allowed.ts'

/** How a setting is read from an environment variable: `flag` counts as true whatever the variable holds. */
export interface EnvironmentName {
  readonly name: string
  /**
   * `legacy`: a name of Agent 5, too plain to stop the start when its value makes no sense; `shared`: one that is meant for
   * many programs, such as `HTTP_PROXY`.
   */
  readonly kind: 'value' | 'flag' | 'legacy' | 'shared'
}

/** One thing that can be set, as the schema describes it. */
export interface Setting {
  /** Keys from the top of the file: `['vigie', 'store', 'url']`. */
  readonly path: readonly string[]
  /** The path as people write it: `vigie.store.url`. */
  readonly key: string
  readonly about: string
  /** What may stand there, as the end of a sentence. */
  readonly allowed: string
  /** As it would be written in the file; absent when nothing is set by default. */
  readonly fallback: unknown
  readonly isSecret: boolean
  readonly hasNoEffect: boolean
  /** In the order in which they are looked at. */
  readonly environment: readonly EnvironmentName[]
  readonly node: SchemaNode
}

/** A mapping that groups settings. */
export interface Section {
  readonly path: readonly string[]
  readonly key: string
  readonly about: string
  /** Whether the schema wants it even when nothing in it is set. */
  readonly isRequired: boolean
}

/** Everything in a schema, in its order; sections come before what they hold. */
export interface SchemaListing {
  readonly settings: readonly Setting[]
  readonly sections: readonly Section[]
}

/** Lists what `schema` describes: each object is a section, everything else a setting. */
export function listSettings(schema: z.ZodType): SchemaListing {
  const settings: Setting[] = []
  const sections: Section[] = []
  const visit = (node: SchemaNode, path: readonly string[]): void => {
    for (const [name, child] of properties(node)) {
      const childPath = [...path, name]
      if (child.properties === undefined) {
        settings.push(toSetting(child, childPath))
        continue
      }
      sections.push({
        path: childPath,
        key: childPath.join('.'),
        about: child.description ?? '',
        isRequired: node.required?.includes(name) ?? false,
      })
      visit(child, childPath)
    }
  }
  visit(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }), [])
  return { settings, sections }
}

/** The properties of `node`, the switch of a component first. */
function properties(node: SchemaNode): readonly (readonly [string, SchemaNode])[] {
  const named: [string, SchemaNode][] = []
  for (const [name, child] of Object.entries(node.properties ?? {})) {
    if (typeof child !== 'boolean') named.push([name, child])
  }
  return named.toSorted(([a], [b]) => Number(b === 'enabled') - Number(a === 'enabled'))
}

function toSetting(node: SchemaNode, path: readonly string[]): Setting {
  return {
    path,
    key: path.join('.'),
    about: node.description ?? '',
    allowed: describeAllowed(node),
    fallback: node.default,
    isSecret: node['isSecret'] === true,
    hasNoEffect: node['hasNoEffect'] === true,
    environment: [
      { name: environmentName(path), kind: 'value' },
      ...namesUnder(node, 'alsoEnvironment', 'value'),
      ...namesUnder(node, 'environmentFlags', 'flag'),
      ...namesUnder(node, 'sharedEnvironment', 'shared'),
      ...namesUnder(node, 'legacyEnvironment', 'legacy'),
    ],
    node,
  }
}

/** `DD_` and the path in capitals, as Datadog does it (datadog.md B.5); `VIGIE_` stands for `vigie.`. */
function environmentName(path: readonly string[]): string {
  const name = path.join('_').toUpperCase()
  return path[0] === 'vigie' ? name : `DD_${name}`
}

function namesUnder(
  node: SchemaNode,
  property: string,
  kind: EnvironmentName['kind'],
): readonly EnvironmentName[] {
  const names = node[property]
  return Array.isArray(names) ? names.map((name) => ({ name: String(name), kind })) : []
}
