import type { LogOrigin } from '../../model/log-block.ts'
import { firstOf, type JsonRecord } from './json-record.ts'

/** What an address says of all logs of its body: `?ddsource=nginx&service=web`. */
export interface LogDefaults {
  readonly hostname?: string | undefined
  readonly service?: string | undefined
  readonly ddsource?: string | undefined
  /** `env:prod,team:a`; added to those of each log. */
  readonly ddtags?: string | undefined
}

const hostNames = ['host', 'hostname', 'syslog.hostname']
const serviceNames = ['service', 'syslog.appname', 'dd.service']

/** Fields of a log from which its origin is made. */
export const originNames: readonly string[] = [...hostNames, ...serviceNames, 'ddsource', 'ddtags']

/** The origins of the logs of one body: logs that say the same of themselves have the same object. */
export class JsonOrigins {
  readonly #defaults: LogDefaults
  readonly #known = new Map<string, LogOrigin>()

  constructor(defaults: LogDefaults) {
    this.#defaults = defaults
  }

  of(log: JsonRecord): LogOrigin {
    const defaults = this.#defaults
    const host = textOf(firstOf(log, hostNames)) || (defaults.hostname ?? '')
    const service = textOf(firstOf(log, serviceNames)) || (defaults.service ?? '')
    const source = textOf(firstOf(log, ['ddsource'])) || (defaults.ddsource ?? '')
    const tags = `${defaults.ddtags ?? ''},${textOf(firstOf(log, ['ddtags']))}`
    const key = JSON.stringify([host, service, source, tags])
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const origin = makeOrigin({ host, service, source, tags: splitTags(tags) })
    this.#known.set(key, origin)
    return origin
  }
}

/** What the agent knows of a container stands in its tags. */
function makeOrigin(known: Pick<LogOrigin, 'host' | 'service' | 'source' | 'tags'>): LogOrigin {
  const tag = (key: string): string =>
    known.tags.find((one) => one.startsWith(`${key}:`))?.slice(key.length + 1) ?? ''
  const containerId = tag('container_id')
  return {
    ...known,
    containerId: /^[0-9a-f]{64}$/.test(containerId) ? containerId : '',
    containerName: tag('container_name'),
    image: tag('docker_image') || imageOf(tag('image_name'), tag('image_tag')),
  }
}

function imageOf(name: string, version: string): string {
  return name === '' || version === '' ? name : `${name}:${version}`
}

/** Texts between commas; a list of texts is taken as well. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given
  if (Array.isArray(given)) return given.filter((one) => typeof one === 'string').join(',')
  return typeof given === 'number' ? String(given) : ''
}

function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim())
  return [...new Set(tags)].filter((tag) => tag !== '')
}
