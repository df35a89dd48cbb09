import type { TextFormat } from '../../wire/prometheus-text/metric-family.ts'

/**
 * Which format the header `Accept` of a request likes best; Prometheus' own where it likes neither, which is what
 * people and older programs read.
 * @see RFC 9110, 12.5.1
 */
export function chooseFormat(accept: string = ''): TextFormat {
  const best = { text: 0, openmetrics: 0 }
  for (const { name, version, quality } of parseList(accept)) {
    if (name === 'application/openmetrics-text' && openMetricsVersions.has(version))
      best.openmetrics = Math.max(best.openmetrics, quality)
    else if (name === 'text/plain' && textVersions.has(version))
      best.text = Math.max(best.text, quality)
  }
  return best.openmetrics > best.text ? 'openmetrics' : 'text'
}

/** Whether the header `Accept-Encoding` of a request allows gzip. */
export function acceptsGzip(acceptEncoding: string = ''): boolean {
  return parseList(acceptEncoding).some(({ name, quality }) => name === 'gzip' && quality > 0)
}

const openMetricsVersions: ReadonlySet<string> = new Set(['', '1.0.0', '0.0.1'])
const textVersions: ReadonlySet<string> = new Set(['', '0.0.4'])

interface Choice {
  readonly name: string
  /** Empty where none is asked for. */
  readonly version: string
  /** 0 to 1. */
  readonly quality: number
}

function parseList(header: string): readonly Choice[] {
  return header.split(',').map((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase())
    const valueOf = (key: string): string | undefined =>
      parameters.find((text) => text.startsWith(`${key}=`))?.slice(key.length + 1)
    const quality = Number(valueOf('q') ?? '1')
    return { name, version: valueOf('version') ?? '', quality: Number.isNaN(quality) ? 0 : quality }
  })
}
