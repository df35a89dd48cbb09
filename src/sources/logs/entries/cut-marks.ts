import type { Entry } from '../entry.ts'
import { ByteGatherer } from './byte-gatherer.ts'

/** As Datadog's agent marks them. */
const mark = Buffer.from('...TRUNCATED...')

/** Of all origins together, since a line is handed on before the next one comes. */
const marked = new ByteGatherer(64 * 1024)

/**
 * Puts marks where a line was cut: behind its parts but the last, and before its parts but the first. The entry gets other
 * bytes by it, which are valid until the next call.
 */
export function addCutMarks(part: Entry): void {
  marked.clear()
  if (part.cut !== 'head') marked.addAll(mark)
  marked.add(part.bytes, part.start, part.end)
  if (part.cut !== 'tail') marked.addAll(mark)
  part.bytes = marked.bytes
  part.start = 0
  part.end = marked.length
}
