import type { DatadogDestination, DatadogSettings } from '../../component/datadog-settings.ts'
import type { CheckedAssignments } from '../check-assignments.ts'
import type { Findings } from '../findings.ts'
import { maskUrl } from '../mask-secret.ts'
import type { ParsedConfiguration } from '../schema/compose-schema.ts'
import { findIntake, findLogIntake, findSite } from './datadog-hosts.ts'
import { findNaming, type ForeignFile, type Naming, type NamingKey } from './naming.ts'
import { createOwnServerTest } from './own-server.ts'

/** Where data goes besides our own server. */
export interface DatadogDestinations {
  /** Metrics, checks, events and metadata; the main one first. */
  readonly metrics: readonly DatadogDestination[]
  readonly logs: DatadogSettings['logs']['destinations']
  /** Whether one of them is shown `api_key`, which then is no key of our server. */
  readonly usesApiKey: boolean
}

/**
 * What the configuration says of sending to Datadog, and to others that take the same. A key alone sends nothing: only
 * what names a place does, and for logs `logs_enabled` besides. A place without a key is a fault.
 */
export function findDestinations(
  checked: CheckedAssignments,
  foreign: ForeignFile | undefined,
  findings: Findings,
): DatadogDestinations {
  const naming = findNaming(checked, foreign, findings)
  const search = new DestinationSearch(checked.parsed, naming, findings)
  const found = search.run()
  const isUnused = naming.size === 0 && foreign === undefined
  if (isUnused && checked.parsed.api_key !== undefined) {
    findings.infos.push(
      'api_key is shown to the server only, since nothing names a place at Datadog; to send there too, set site, such as datadoghq.com',
    )
  }
  return found
}

/** A place, the option that names it, and the key for it. */
interface Named {
  readonly by: NamingKey
  readonly url: string
  readonly apiKey: string | undefined
}

class DestinationSearch {
  readonly #parsed: ParsedConfiguration
  readonly #naming: Naming
  readonly #findings: Findings
  readonly #isOwn: (url: string) => boolean

  constructor(parsed: ParsedConfiguration, naming: Naming, findings: Findings) {
    this.#parsed = parsed
    this.#naming = naming
    this.#findings = findings
    this.#isOwn = createOwnServerTest(parsed)
  }

  run(): DatadogDestinations {
    this.#tellOfUnusedLogs()
    const main = this.#accept(this.#findMain())
    const mainLogs = this.#accept(this.#findMainLogs())
    return {
      metrics: withoutTwins([...main, ...this.#listFurther()]),
      logs: withoutTwins([
        ...mainLogs.map((one) => ({ ...one, isReliable: true })),
        ...this.#listFurtherLogs(),
      ]),
      usesApiKey: [...main, ...mainLogs].some(({ apiKey }) => apiKey === this.#parsed.api_key),
    }
  }

  #findMain(): Named | undefined {
    const { dd_url: url, site, api_key: apiKey } = this.#parsed
    if (url !== undefined && this.#naming.has('dd_url')) return { by: 'dd_url', url, apiKey }
    if (site === undefined || !this.#naming.has('site')) return undefined
    return { by: 'site', url: findIntake(site), apiKey }
  }

  #findMainLogs(): Named | undefined {
    const { logs_config: options, api_key } = this.#parsed
    if (!this.#sendsLogs()) return undefined
    const apiKey = options.api_key ?? api_key
    for (const [name, by] of [
      ['logs_dd_url', 'logs_config.logs_dd_url'],
      ['dd_url', 'logs_config.dd_url'],
    ] as const) {
      const address = options[name]
      if (address === undefined || !this.#naming.has(by)) continue
      return { by, url: toUrl(address, !options.logs_no_ssl), apiKey }
    }
    const main = this.#findMain()
    const site = main && findSite(main.url)
    if (main === undefined || this.#isOwn(main.url)) return undefined
    if (main.by === 'site') return { ...main, url: findLogIntake(this.#parsed.site ?? ''), apiKey }
    return { ...main, url: site === undefined ? main.url : findLogIntake(site), apiKey }
  }

  #listFurther(): readonly DatadogDestination[] {
    const by = 'additional_endpoints'
    if (!this.#naming.has(by)) return []
    return this.#parsed.additional_endpoints.flatMap(({ url, keys }) => {
      if (keys.length === 0) {
        this.#findings.warnings.push(
          `${this.#placeOf(by)}: ${by}: saw no key for ${maskUrl(url)}, so nothing is sent there`,
        )
      }
      return keys.flatMap((apiKey) => this.#accept({ by, url, apiKey }))
    })
  }

  #listFurtherLogs(): DatadogDestinations['logs'] {
    const by = 'logs_config.additional_endpoints'
    const { logs_config: options } = this.#parsed
    if (!this.#naming.has(by) || !this.#sendsLogs()) return []
    return options.additional_endpoints.flatMap(({ address, apiKey, isReliable, usesTls }) =>
      this.#accept({ by, url: toUrl(address, usesTls ?? !options.logs_no_ssl), apiKey }).map(
        (one) => ({ ...one, isReliable }),
      ),
    )
  }

  #tellOfUnusedLogs(): void {
    if (this.#sendsLogs()) return
    for (const [key, { place }] of this.#naming) {
      if (!key.startsWith('logs_config.')) continue
      this.#findings.infos.push(
        `${place}: ${key} does not count, since logs are sent to Datadog only with logs_enabled: true`,
      )
    }
  }

  /** Logs cost by the line, so they need the word that they need with the Datadog Agent. */
  #sendsLogs(): boolean {
    return this.#parsed.logs_enabled === true
  }

  /** Nothing is sent to our own server twice; and nothing anywhere without a key. */
  #accept(named: Named | undefined): readonly DatadogDestination[] {
    if (named === undefined) return []
    const { by, url, apiKey } = named
    if (this.#isOwn(url)) {
      const info = `${this.#placeOf(by)}: ${by} is the server itself, which gets everything anyway; nothing is sent there twice`
      if (!this.#findings.infos.includes(info)) this.#findings.infos.push(info)
      return []
    }
    if (apiKey !== undefined) return [{ url, apiKey }]
    const fault = {
      place: this.#placeOf(by),
      key: 'api_key',
      message: `saw nothing, while ${by} says to send to ${maskUrl(url)}; set api_key (DD_API_KEY) to the key for it, or name a file with it in vigie.api_key_file`,
    }
    const isSaid = this.#findings.faults.some(({ key }) => key === fault.key)
    if (!isSaid) this.#findings.faults.push(fault)
    return []
  }

  #placeOf(key: NamingKey): string {
    return this.#naming.get(key)?.place ?? 'default'
  }
}

/** The base address of what may be given as a host, with or without a port. */
function toUrl(address: string, usesTls: boolean): string {
  const url = URL.parse(
    address.includes('://') ? address : `${usesTls ? 'https' : 'http'}://${address}`,
  )
  return url === null ? address : url.href.replace(/\/+$/, '')
}

function withoutTwins<One extends DatadogDestination>(all: readonly One[]): readonly One[] {
  const byName = new Map<string, One>()
  for (const one of all) {
    const name = `${one.url} ${one.apiKey}`
    if (!byName.has(name)) byName.set(name, one)
  }
  return [...byName.values()]
}
