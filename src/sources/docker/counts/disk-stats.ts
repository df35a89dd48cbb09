import { z } from 'zod'
import type { EngineClient } from '../../../docker/engine-client.ts'
import type { Counting } from './kept-series.ts'

const schema = z.looseObject({ DriverStatus: z.array(z.array(z.unknown())).nullish() })

interface Space {
  used?: number
  total?: number
  free?: number
}

const fields = { Used: 'used', Total: 'total', Available: 'free' } as const
/** The engine writes sizes for people, in powers of 1000. */
const unitBytes: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  pb: 1e15,
  eb: 1e18,
}

/** `docker.data.*` and `docker.metadata.*`: the pool of the storage driver devicemapper; nothing for any other driver. */
export async function askDiskStats(
  client: EngineClient,
  signal: AbortSignal,
): Promise<readonly Counting[]> {
  const { DriverStatus } = schema.parse(await client.get('/info', signal))
  return parseDriverStatus(DriverStatus ?? [])
}

/**
 * Reads pairs such as `["Data Space Used", "11.8 MB"]`.
 * @returns What is told of `docker.data` and `docker.metadata`, with `percent` where it can be worked out.
 */
export function parseDriverStatus(pairs: readonly (readonly unknown[])[]): readonly Counting[] {
  const spaces = { data: {}, metadata: {} } satisfies Record<string, Space>
  for (const [name, text] of pairs) {
    const [, kind, field] =
      /^(Data|Metadata) Space (Used|Total|Available)$/.exec(String(name)) ?? []
    const bytes = parseSize(String(text))
    if (!isField(field) || bytes === undefined) continue
    const space: Space = kind === 'Data' ? spaces.data : spaces.metadata
    space[fields[field]] = bytes
  }
  return Object.entries(spaces).flatMap(([kind, space]) => toCountings(`docker.${kind}`, space))
}

function isField(text: string | undefined): text is keyof typeof fields {
  return text !== undefined && text in fields
}

function parseSize(text: string): number | undefined {
  const [, count = '', unit = ''] = /^([\d.]+)\s*([a-z]+)$/i.exec(text.trim()) ?? []
  const bytes = Number.parseFloat(count) * (unitBytes[unit.toLowerCase()] ?? Number.NaN)
  return Number.isNaN(bytes) ? undefined : Math.round(bytes)
}

function toCountings(prefix: string, space: Space): readonly Counting[] {
  const all = { ...space, percent: percentOf(space) }
  return Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [{ metric: `${prefix}.${name}`, value, tags: [] }],
  )
}

/** How full it is; by what is used, or else by what is free. Sizes are rounded, so that the parts may exceed the whole. */
function percentOf({ used, total, free }: Space): number | undefined {
  if (used !== undefined) {
    const whole = Math.max(total ?? 0, free === undefined ? 0 : used + free)
    return whole > 0 ? (100 * used) / whole : undefined
  }
  if (free === undefined || total === undefined || total <= 0) return undefined
  return 100 - (100 * free) / total
}
