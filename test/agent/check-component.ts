import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** What sources, stages and sinks have in common. */
export interface NamedComponent {
  readonly name: string
  readonly about: string
  readonly config: z.ZodType
}

/** Fails when the component cannot be listed and configured like all others. */
export function checkForm(component: NamedComponent): void {
  const { name, about, config } = component
  assert.match(name, /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
  assert.ok(about.length > 10 && !about.includes('\n') && !about.endsWith('.'), `about: "${about}"`)
  assert.ok(about.length <= 120, `about has ${about.length} characters, 120 is the limit`)
  assert.doesNotThrow(() => config.parse({}), 'the defaults must be enough to run')
  assert.throws(() => config.parse({ no_such_option: 1 }), 'an unknown option must be refused')
  for (const [field, described] of Object.entries(propertiesOf(config)))
    assert.ok(described.description, `the option "${field}" has no description`)
}

/**
 * Compares the folders beside an index with what the index lists.
 * @param file The component's file in its folder, such as `source.ts`.
 */
export function checkIndex(
  indexUrl: URL,
  components: readonly NamedComponent[],
  file: string,
): void {
  const folder = fileURLToPath(new URL('.', indexUrl))
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, file)))
    .map((entry) => entry.name)
  const listed = components.map(({ name }) => name)
  for (const name of names) {
    assert.ok(
      listed.includes(name),
      `Add to ${fileURLToPath(indexUrl)}: import ${toCamelCase(name)} from './${name}/${file}', and its name to the list`,
    )
  }
  for (const name of listed)
    assert.ok(names.includes(name), `No ${join(folder, name, file)} for the listed ${name}`)
}

function propertiesOf(config: z.ZodType): Readonly<Record<string, { description?: string }>> {
  const schema = z.toJSONSchema(config, { io: 'input', unrepresentable: 'any' })
  const described: Record<string, { description?: string }> = {}
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    described[name] = typeof property === 'boolean' ? {} : pickDescription(property)
  return described
}

function pickDescription({ description }: { description?: string | undefined }): {
  description?: string
} {
  return description === undefined ? {} : { description }
}

function toCamelCase(name: string): string {
  return name.replaceAll(/-([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase())
}
