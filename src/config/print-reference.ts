import { listNames, toSentence, writeInline } from './describe-setting.ts'
import { composeSchema, type ComponentLists } from './schema/compose-schema.ts'
import {
  listSettings,
  type SchemaListing,
  type Section,
  type Setting,
} from './schema/list-settings.ts'

const introduction = `<!-- Printed by tools/print-reference.ts from the schema in src/config/schema; do not edit. -->

# Configuration reference

Every setting, as it stands in the file. The environment counts before the file, and the file before the default. Of several
variables the first that is set counts; those of Agent 5 only where the file says nothing.
[The guide](../guide/configuration.md) says which file is read.`

const header = `| Setting | Default | What it does |
|---|---|---|`

/** The reference page: one table for each section, in Markdown. */
export function printReference(components: ComponentLists): string {
  const listing = listSettings(composeSchema(components))
  const topSettings = listing.settings.filter(({ path }) => path.length === 1)
  const parts = [
    introduction,
    "## Datadog's options",
    printTable(topSettings),
    ...listing.sections.flatMap((section) => printSection(section, listing)),
  ]
  return `${parts.join('\n\n')}\n`
}

function printSection(section: Section, { settings }: SchemaListing): readonly string[] {
  const own = settings.filter(({ path }) => path.slice(0, -1).join('.') === section.key)
  if (own.length === 0) return []
  return [`## \`${section.key}\``, toSentence(section.about), printTable(own)]
}

function printTable(settings: readonly Setting[]): string {
  return [header, ...settings.map(printRow)].join('\n')
}

function printRow({ path, about, allowed, fallback, environment, hasNoEffect }: Setting): string {
  const cells = [
    `\`${path.at(-1) ?? ''}\`<br>${listNames(environment)}`,
    fallback === undefined ? '' : `\`${writeInline(fallback)}\``,
    `${toSentence(about, hasNoEffect)}<br>Allowed: ${allowed}.`,
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}
