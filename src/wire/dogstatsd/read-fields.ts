import { fromByteText } from './byte-text.ts'
import type { CommonFields } from './message.ts'

/** What is optional in the grammar; without an option the fields of that kind are not even looked at. */
export interface ReadOptions {
  /** `dogstatsd_no_aggregation_pipeline`: read `T`. */
  readonly readsTimes: boolean
  /** `dogstatsd_origin_detection_client`: read `c:`, `e:` and `card:`. */
  readonly readsOrigin: boolean
}

/** The last field that begins with `prefix`, without it, as bytes; `undefined` where there is none. */
function lastField(fields: readonly string[], prefix: string): string | undefined {
  return fields.findLast((field) => field.startsWith(prefix))?.slice(prefix.length)
}

/** The same as text; `undefined` also where nothing stands behind the prefix. */
export function lastText(fields: readonly string[], prefix: string): string | undefined {
  const field = lastField(fields, prefix)
  return field === undefined || field === '' ? undefined : fromByteText(field)
}

/** The last field that begins with `prefix` and can be read; those that cannot are passed over. */
export function lastReadable<Value>(
  fields: readonly string[],
  prefix: string,
  read: (text: string) => Value | undefined,
): Value | undefined {
  return fields
    .filter((field) => field.startsWith(prefix))
    .map((field) => read(field.slice(prefix.length)))
    .findLast((value) => value !== undefined)
}

/** Tags and origin out of what stands between `|`; unknown fields are passed over, of two of one kind the later counts. */
export function readCommonFields(
  fields: readonly string[],
  { readsOrigin }: ReadOptions,
): CommonFields {
  const tags = (lastField(fields, '#') ?? '').split(',').filter((tag) => tag !== '')
  const readText = (prefix: string): string | undefined =>
    readsOrigin ? lastText(fields, prefix) : undefined
  return {
    tags: tags.map(fromByteText),
    localData: readText('c:'),
    externalData: readText('e:'),
    cardinality: readText('card:'),
  }
}
