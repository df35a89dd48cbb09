import { AttributeList } from './attribute-list.ts'

/**
 * The fields of an object as `LogBlock.attributes` holds them, within the bounds of an `AttributeList`; empty when there are
 * none.
 * @param except Names of the first level that are left out.
 */
export function flattenAttributes(object: object, except: ReadonlySet<string> = new Set()): string {
  const list = new AttributeList()
  for (const [name, value] of Object.entries(object))
    if (!except.has(name)) list.setJson(name, value)
  return list.toJson()
}
