import type { Assignment, Assignments } from './assignment.ts'
import { isDatadogKey, isDatadogName, listDatadogNames } from './datadog-names.ts'
import { describeSeenSecret } from './describe-seen.ts'
import type { Findings } from './findings.ts'
import { findNearestName } from './nearest-name.ts'
import { readValue } from './read-value.ts'
import type { SchemaListing, Setting } from './schema/list-settings.ts'
import type { FilePath, YamlFile } from './yaml-file.ts'

interface Collection {
  readonly file: YamlFile
  readonly settings: ReadonlyMap<string, Setting>
  readonly sections: ReadonlySet<string>
  readonly findings: Findings
  readonly assignments: Map<string, Assignment>
}

/**
 * What `file` sets. A key that is empty (`null`) counts as absent. Keys that nobody knows become warnings with the
 * nearest known name, options of Datadog's without effect are listed, and a value in place of a section is a fault.
 */
export function collectFromFile(
  file: YamlFile,
  { settings, sections }: SchemaListing,
  findings: Findings,
): Assignments {
  const collection: Collection = {
    file,
    settings: new Map(settings.map((setting) => [setting.key, setting])),
    sections: new Set(sections.map(({ key }) => key)),
    findings,
    assignments: new Map(),
  }
  if (file.values !== undefined) collectSection(collection, file.values, [])
  return collection.assignments
}

function collectSection(collection: Collection, value: unknown, path: readonly string[]): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    for (const [name, child] of Object.entries(value)) {
      collectKey(collection, child, [...path, name])
    }
    return
  }
  const { file, findings } = collection
  findings.faults.push({
    place: file.placeOf(path),
    ...(path.length > 0 && { key: path.join('.') }),
    message: `saw ${describeSeenSecret(value)}; allowed: keys with their values, one on each line`,
  })
}

function collectKey(collection: Collection, value: unknown, path: readonly string[]): void {
  const key = path.join('.')
  const setting = collection.settings.get(key)
  if (setting === undefined && !collection.sections.has(key)) {
    reportUnknown(collection, path)
    return
  }
  if (value === null) return
  if (setting === undefined) {
    collectSection(collection, value, path)
    return
  }
  const { file, assignments } = collection
  const place = file.placeOf(path)
  assignments.set(key, {
    value: fit(file, setting, { path, value }),
    place,
    placeOf: (inside) => file.placeOf([...path, ...inside]),
    origin: 'file',
  })
}

/**
 * A text stays the text that was written, also where YAML takes it for a number (`api_key: 1e5`); a text in quotes
 * stands for what is in them, as in Datadog's agent.
 */
export function fit(
  file: YamlFile,
  { node }: Setting,
  { path, value }: { readonly path: FilePath; readonly value: unknown },
): unknown {
  if (typeof value === 'string') return readValue(value, node)
  if (typeof value === 'number' && node.type === 'string') return file.sourceOf(path) ?? value
  return value
}

function reportUnknown(collection: Collection, path: readonly string[]): void {
  const { file, findings, settings, sections } = collection
  const [first = ''] = path
  const key = path.join('.')
  if (isDatadogKey(key) || (path.length === 1 && isDatadogName(first))) {
    findings.withoutEffect.push(key)
    return
  }
  const known = [...settings.keys(), ...sections, ...(path.length === 1 ? listDatadogNames() : [])]
  const nearest = findNearestName(
    key,
    known.filter((name) => !key.startsWith(`${name}.`)),
  )
  // Of a section of Datadog's we know a part: what comes close to nothing in it is one of the others.
  if (isDatadogName(first) && nearest?.startsWith(`${first}.`) !== true) {
    findings.withoutEffect.push(key)
    return
  }
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
  findings.warnings.push(`${file.placeOfKey(path)}: ${JSON.stringify(key)} is not known${hint}`)
}
