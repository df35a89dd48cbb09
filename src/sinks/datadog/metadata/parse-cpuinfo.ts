/** The processor of a host. */
export interface Processor {
  /** As the vendor calls it; empty where the kernel does not say, as on ARM. */
  readonly modelName: string
  /** Cores, of which each may run several threads. */
  readonly coreCount: number
  readonly threadCount: number
}

/**
 * Reads `/proc/cpuinfo`: one paragraph for each thread, in which `physical id` and `core id` tell the cores apart.
 * @returns `undefined` when it has no processor in it.
 */
export function parseCpuinfo(text: string): Processor | undefined {
  const threads = text
    .split(/\n\s*\n/)
    .map(parseFields)
    .filter((fields) => fields.has('processor'))
  if (threads.length === 0) return undefined
  const cores = new Set(
    threads.map(
      (fields) =>
        `${fields.get('physical id') ?? ''} ${fields.get('core id') ?? fields.get('processor')}`,
    ),
  )
  return {
    modelName: threads[0]?.get('model name') ?? '',
    coreCount: cores.size,
    threadCount: threads.length,
  }
}

function parseFields(paragraph: string): ReadonlyMap<string, string> {
  return new Map(
    paragraph.split('\n').flatMap((line) => {
      const colon = line.indexOf(':')
      return colon < 0 ? [] : [[line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const]
    }),
  )
}
