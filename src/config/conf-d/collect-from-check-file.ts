import type { Assignment, Assignments } from '../assignment.ts'
import { fit } from '../collect-from-file.ts'
import { describeSeenSecret } from '../describe-seen.ts'
import type { Findings } from '../findings.ts'
import { findNearestName } from '../nearest-name.ts'
import { readTextFile } from '../read-text-file.ts'
import type { SchemaListing, Setting } from '../schema/list-settings.ts'
import { parseYamlFile, type FilePath, type YamlFile } from '../yaml-file.ts'

/** A file for one check. */
export interface CheckFile {
  readonly path: string
  /** The source that it configures: `vigie.sources.docker`. */
  readonly section: string
  /** Another agent's, which may be closed to us. */
  readonly isForeign: boolean
}

/** What may stand beside the instances; `logs` is read by `collectLogConfigs()`. */
const otherParts = new Set(['logs', 'init_config', 'ad_identifiers', 'docker_images'])

/** Options of every check, or of Datadog's docker check, that change nothing here, and why. */
const optionsWithoutEffect: ReadonlyMap<string, string> = new Map([
  ['min_collection_interval', 'figures are read every second, or at `interval`'],
  ['empty_default_hostname', 'everything carries the name of this host'],
  ['name', 'there is one instance'],
  ['collect_images_stats', 'images are always counted'],
])

/** What the first instance in the file sets, under the keys of our settings. */
export function collectFromCheckFile(
  { path, section, isForeign }: CheckFile,
  listing: SchemaListing,
  findings: Findings,
): Assignments {
  const text = readTextFile(path)
  if (text.kind === 'fault') {
    if (text.isForbidden && isForeign) findings.warnings.push(`${path}: ${text.message}`)
    else findings.faults.push({ place: path, message: text.message })
    return new Map()
  }
  const file = parseYamlFile(path, text.text, findings)
  const settings = listing.settings.filter(({ key }) => key.startsWith(`${section}.`))
  return new CheckFileReader(file, section, { settings, findings }).read()
}

class CheckFileReader {
  readonly #file: YamlFile
  readonly #section: string
  readonly #settings: ReadonlyMap<string, Setting>
  readonly #findings: Findings
  readonly #assignments = new Map<string, Assignment>()

  constructor(
    file: YamlFile,
    section: string,
    { settings, findings }: { settings: readonly Setting[]; findings: Findings },
  ) {
    this.#file = file
    this.#section = section
    this.#settings = new Map(
      settings
        .map((setting) => [setting.key.slice(section.length + 1), setting] as const)
        .filter(([name]) => name !== 'enabled'),
    )
    this.#findings = findings
  }

  read(): Assignments {
    const { values } = this.#file
    if (values === undefined) return this.#assignments
    if (!isMapping(values)) return this.#refuse([], values, 'a mapping with instances')
    for (const [key, value] of Object.entries(values)) this.#readPart(key, value)
    return this.#assignments
  }

  #readPart(key: string, value: unknown): void {
    if (key === 'instances') this.#readInstances(value)
    else if (!otherParts.has(key)) this.#warnOfUnknown([key], ['instances', 'init_config'])
  }

  #readInstances(instances: unknown): void {
    if (instances === null) return
    if (!Array.isArray(instances)) {
      this.#refuse(['instances'], instances, 'a list with one instance')
      return
    }
    const [first, ...more]: unknown[] = instances
    for (const at of more.keys()) {
      const place = this.#file.placeOf(['instances', at + 1])
      this.#findings.warnings.push(`${place}: does not count, since only the first instance does`)
    }
    if (first === null || first === undefined) return
    if (!isMapping(first)) {
      this.#refuse(['instances', 0], first, 'options with their values, one on each line')
      return
    }
    for (const [name, value] of Object.entries(first)) {
      if (name !== 'service') this.#readOption(name, value)
    }
    this.#addService(first['service'])
  }

  #readOption(name: string, value: unknown): void {
    const path = ['instances', 0, name]
    const setting = this.#settings.get(name)
    const reason = optionsWithoutEffect.get(name)
    if (setting === undefined && reason !== undefined) this.#inform(path, reason)
    if (setting === undefined && reason === undefined) {
      this.#warnOfUnknown(path, this.#settings.keys())
    }
    if (setting !== undefined && value !== null) {
      this.#assign(name, path, fit(this.#file, setting, { path, value }))
    }
  }

  /** Datadog's agent puts the service of an instance on everything, as a tag. */
  #addService(service: unknown): void {
    if (typeof service !== 'string' || service === '') return
    const path = ['instances', 0, this.#assignments.has(this.#key('tags')) ? 'tags' : 'service']
    const given = this.#assignments.get(this.#key('tags'))?.value
    const tags: readonly unknown[] = Array.isArray(given) ? given : []
    if (given === undefined || Array.isArray(given)) {
      this.#assign('tags', path, [...tags, `service:${service}`])
    }
  }

  #assign(name: string, path: FilePath, value: unknown): void {
    this.#assignments.set(this.#key(name), {
      value,
      place: this.#file.placeOf(path),
      placeOf: (inside) => this.#file.placeOf([...path, ...inside]),
      origin: 'file',
    })
  }

  #key(name: string): string {
    return `${this.#section}.${name}`
  }

  #refuse(path: FilePath, value: unknown, allowed: string): Assignments {
    this.#findings.faults.push({
      place: this.#file.placeOf(path),
      message: `saw ${describeSeenSecret(value)}; allowed: ${allowed}`,
    })
    return this.#assignments
  }

  #inform(path: FilePath, reason: string): void {
    const name = String(path.at(-1))
    this.#findings.infos.push(`${this.#file.placeOfKey(path)}: ${name} has no effect: ${reason}`)
  }

  #warnOfUnknown(path: FilePath, known: Iterable<string>): void {
    const name = String(path.at(-1))
    const nearest = findNearestName(name, known)
    const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`
    this.#findings.warnings.push(
      `${this.#file.placeOfKey(path)}: ${JSON.stringify(name)} is not known${hint}`,
    )
  }
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
