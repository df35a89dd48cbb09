import type { z } from 'zod'

/** A piece of the JSON Schema that zod makes of a schema; carries what `.meta()` was given as well. */
export type SchemaNode = z.core.JSONSchema.BaseSchema

/** What may stand where `node` is, as the end of a sentence: `a whole number from 1 to 9`. */
export function describeAllowed(node: SchemaNode): string {
  if (typeof node['allowed'] === 'string') return node['allowed']
  if (node.enum !== undefined) return `one of ${node.enum.map(String).join(', ')}`
  if (node.const !== undefined) return String(node.const)
  const choices = node.anyOf ?? node.oneOf
  if (choices !== undefined) return choices.map(describeAllowed).join(', or ')
  return describeType(node)
}

function describeType(node: SchemaNode): string {
  switch (node.type) {
    case 'boolean':
      return 'true or false'
    case 'integer':
      return `a whole number${describeRange(node)}`
    case 'number':
      return `a number${describeRange(node)}`
    case 'string':
      return describeText(node)
    case 'array':
      return `a list of: ${describeItems(node)}`
    case 'object':
      return `a mapping${describeMembers(node)}`
    case 'null':
    case undefined:
      return 'any value'
    default:
      return [node.type].flat().join(' or ')
  }
}

function describeItems({ items }: SchemaNode): string {
  return typeof items === 'object' && !Array.isArray(items) ? describeAllowed(items) : 'any value'
}

function describeMembers({ additionalProperties: member }: SchemaNode): string {
  return typeof member === 'object' ? ` of names to: ${describeAllowed(member)}` : ''
}

function describeText({ minLength, maxLength, pattern }: SchemaNode): string {
  if (pattern !== undefined) return `a text that matches ${pattern}`
  if (maxLength !== undefined) return `a text of ${minLength ?? 0} to ${maxLength} characters`
  return (minLength ?? 0) > 0 ? 'a text that is not empty' : 'a text'
}

/** zod names the largest safe integers as bounds where there are none. */
function describeRange(node: SchemaNode): string {
  if (node.exclusiveMinimum !== undefined) return ` above ${node.exclusiveMinimum}`
  const min = known(node.minimum)
  const max = known(node.maximum)
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return `, ${min} or more`
  return max === undefined ? '' : `, ${max} or less`
}

function known(bound: number | undefined): number | undefined {
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined
}
