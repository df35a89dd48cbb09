import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'
import { functionTable } from './function-table.ts'
import type { PromExpression, PromPlace } from './promql.ts'
import { syntaxError } from './syntax-error.ts'

/** A node of the grammar's tree with the text it is of. */
export interface Source {
  readonly text: string
  readonly node: SyntaxNode
}

/** Reads what a node below says. */
export type ParseNode = (source: Source) => PromExpression

/**
 * The node of the whole expression.
 * @throws {PrometheusError} At the first place where the grammar does not hold.
 * @see https://github.com/prometheus/prometheus/tree/main/web/ui/module/lezer-promql
 */
export function readSyntax(text: string): Source {
  const tree = parser.parse(text)
  let faultAt: number | undefined
  tree.iterate({
    enter: ({ type, from }) => {
      if (type.isError) faultAt ??= from
      return faultAt === undefined
    },
  })
  if (faultAt !== undefined) throw faultNear(text, faultAt)
  const node = tree.topNode.firstChild
  const first = node?.name === 'LineComment' ? nextExpression(node) : node
  if (first === null) throw syntaxError(text, 0, 'there is no expression')
  return { text, node: first }
}

export function placeOf({ node }: Source): PromPlace {
  return { start: node.from, end: node.to }
}

/** What the node covers, as it was written. */
export function textOf({ text, node }: Source): string {
  return text.slice(node.from, node.to)
}

/** The nodes below, comments left out. */
export function childrenOf({ text, node }: Source): readonly Source[] {
  const children: Source[] = []
  for (let child = node.firstChild; child !== null; child = nextExpression(child)) {
    if (child.name !== 'LineComment') children.push({ text, node: child })
  }
  return children
}

function nextExpression(node: SyntaxNode): SyntaxNode | null {
  let next = node.nextSibling
  while (next?.name === 'LineComment') next = next.nextSibling
  return next
}

export function childNamed(source: Source, name: string): Source | undefined {
  const node = source.node.getChild(name)
  return node === null ? undefined : { text: source.text, node }
}

export function fault(source: Source, what: string): Error {
  return syntaxError(source.text, source.node.from, what)
}

function faultNear(text: string, at: number): Error {
  const name = /(\w+)\s*$/.exec(text.slice(0, at))
  if (text[at] === '(' && name !== null && !functionTable.has(name[1] ?? '')) {
    return syntaxError(text, name.index, `the function "${name[1]}" is not supported`)
  }
  const seen = /^\s*(\w+|\S)/.exec(text.slice(at))?.[1]
  const what = seen === undefined ? 'unexpected end of the expression' : `unexpected "${seen}"`
  return syntaxError(text, at, what)
}
