import { readHandle } from './secrets/handle.ts'
import type { SchemaNode } from './schema/describe-allowed.ts'

const yes = /^(1|t|true|y|yes|on)$/i
const no = /^(0|f|false|n|no|off)$/i

/**
 * What a text from the environment, or from between quotes, means for a setting of the shape `node`: a number, a truth
 * value, a list (`a,b c` or JSON) of any of these, a mapping (JSON), or the text itself. A text that means nothing there is handed back
 * as it is; the schema then names the fault. `ENC[handle]` stays what it is until its value is read.
 */
export function readValue(text: string, node: SchemaNode): unknown {
  if (readHandle(text) !== undefined) return text
  const types = listTypes(node)
  if (types.has('string')) return text
  if (types.has('boolean') && yes.test(text)) return true
  if (types.has('boolean') && no.test(text)) return false
  if (types.has('number') || types.has('integer')) return readNumber(text)
  if (/^[[{]/.test(text)) return readJson(text)
  if (!types.has('array')) return text
  const items = text.split(/[\s,]+/).filter((item) => item !== '')
  const inside = findItems(node)
  return inside === undefined ? items : items.map((item) => readValue(item, inside))
}

/** What the list that `node` is, or may be, has in it. */
function findItems(node: SchemaNode): SchemaNode | undefined {
  const { items } = node
  if (typeof items === 'object' && !Array.isArray(items)) return items
  return (node.anyOf ?? node.oneOf)?.map(findItems).find((found) => found !== undefined)
}

function listTypes(node: SchemaNode): ReadonlySet<string> {
  const choices = node.anyOf ?? node.oneOf
  if (choices !== undefined) return new Set(choices.flatMap((choice) => [...listTypes(choice)]))
  if (node.enum?.some((value) => typeof value === 'string') === true) return new Set(['string'])
  return new Set([node.type ?? []].flat())
}

function readNumber(text: string): unknown {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? Number(text) : text
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
