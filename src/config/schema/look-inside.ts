import type { FilePath } from '../yaml-file.ts'
import type { SchemaNode } from './describe-allowed.ts'

/** Whether the value at `path` inside what `node` describes is a secret, or a text in which one may be. */
export function isSecretAt(node: SchemaNode, path: FilePath, value: unknown): boolean {
  const nodes = goInto(node, path)
  if (nodes.some((inside) => inside['isSecret'] === true)) return true
  const [last] = nodes.length > path.length ? nodes.slice(-1) : []
  return last !== undefined && typeof value === 'string' && holdsSecret(last)
}

/** What may stand at `path` inside what `node` describes, where the schema says so in words; else `undefined`. */
export function findAllowedAt(node: SchemaNode, path: FilePath): string | undefined {
  const texts = goInto(node, path).map((inside) => inside['allowed'])
  return texts.findLast((text) => typeof text === 'string')
}

/** The nodes from `node` on along `path`, as far as they are described. */
function goInto(node: SchemaNode, path: FilePath): readonly SchemaNode[] {
  const nodes = [node]
  for (const step of path) {
    const next = stepInto(nodes.at(-1) ?? node, step)
    if (next === undefined) break
    nodes.push(next)
  }
  return nodes
}

function stepInto(node: SchemaNode, step: string | number): SchemaNode | undefined {
  const { items, additionalProperties: member, properties = {} } = node
  const own = typeof step === 'number' ? items : (properties[step] ?? member)
  if (isNode(own)) return own
  return listChoices(node)
    .map((choice) => stepInto(choice, step))
    .find((found) => found !== undefined)
}

function holdsSecret(node: SchemaNode): boolean {
  const { items, additionalProperties: member, properties = {} } = node
  const parts = [...listChoices(node), items, member, ...Object.values(properties)]
  return node['isSecret'] === true || parts.some((part) => isNode(part) && holdsSecret(part))
}

function listChoices({ anyOf, oneOf }: SchemaNode): readonly SchemaNode[] {
  return (anyOf ?? oneOf ?? []).filter(isNode)
}

function isNode(part: unknown): part is SchemaNode {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
}
