import { makeBinary, operatorOf } from './parse-binary.ts'
import { applyPostfix } from './parse-time.ts'
import type { PromExpression } from './promql.ts'
import { childrenOf, fault, placeOf, textOf, type Source } from './syntax-node.ts'
import { typeOf } from './value-type.ts'

/** How an operand of the chain is read, and how deep the chain lies. */
export interface ChainContext {
  readonly depth: number
  readonly parseOperand: (source: Source, depth: number) => PromExpression
}

/** A chain in the order of its text: `- a offset 5m + b` is a sign, an operand, an operator, an operand. */
type Item =
  | { readonly kind: 'sign'; readonly source: Source }
  | { readonly kind: 'operator'; readonly source: Source }
  | { readonly kind: 'operand'; readonly source: Source; readonly postfixes: readonly Source[] }

/** Links of one chain. */
const maxLinks = 500

/** How strongly operators bind. */
const strengths: Readonly<Record<string, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  '==': 3,
  '!=': 3,
  '>': 3,
  '<': 3,
  '>=': 3,
  '<=': 3,
  '+': 4,
  '-': 4,
  '*': 5,
  '/': 5,
  '%': 5,
  atan2: 5,
  '^': 6,
}
/** A sign binds as `*` does: `-a ^ b` is `-(a ^ b)`. */
const strengthAfterSign = 6

/**
 * Reads signs, operators, and `[5m]`, `offset` and `@` with what they belong to. The grammar's own tree is right about what
 * follows what, but it lets `a + b offset 5m` shift both, and reads `-2 ^ 2` as `(-2) ^ 2`; Prometheus itself does neither.
 */
export function parseChain(source: Source, context: ChainContext): PromExpression {
  const items: Item[] = []
  flatten(source, items, 0)
  return new ChainReader(items, context).readFrom(0)
}

function flatten(source: Source, items: Item[], links: number): void {
  if (links > maxLinks) throw fault(source, `more than ${maxLinks} operators in a row`)
  const children = childrenOf(source)
  const [first = source] = children
  const last = children.at(-1) ?? source
  switch (source.node.name) {
    case 'BinaryExpr':
      flatten(first, items, links + 1)
      items.push({ kind: 'operator', source })
      flatten(last, items, links + 1)
      return
    case 'UnaryExpr':
      items.push({ kind: 'sign', source: first })
      flatten(last, items, links + 1)
      return
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'StepInvariantExpr':
      flatten(first, items, links + 1)
      addPostfix(items, source)
      return
    case 'NumberDurationLiteral':
      if (/^[+-]/.test(textOf(source))) items.push({ kind: 'sign', source })
  }
  items.push({ kind: 'operand', source, postfixes: [] })
}

function addPostfix(items: Item[], postfix: Source): void {
  const operand = items.pop()
  if (operand?.kind !== 'operand') throw fault(postfix, 'there is no expression')
  items.push({ ...operand, postfixes: [...operand.postfixes, postfix] })
}

/** Reads a chain by the strength of its operators. */
class ChainReader {
  readonly #items: readonly Item[]
  readonly #context: ChainContext
  #next = 0

  constructor(items: readonly Item[], context: ChainContext) {
    this.#items = items
    this.#context = context
  }

  /** Reads on while operators bind at least so strongly. */
  readFrom(strength: number): PromExpression {
    let left = this.#readOperand()
    for (;;) {
      const item = this.#items[this.#next]
      if (item?.kind !== 'operator') return left
      const operator = textOf(operatorOf(item.source)).toLowerCase()
      const own = strengths[operator] ?? 1
      if (own < strength) return left
      this.#next += 1
      const right = this.readFrom(operator === '^' ? own : own + 1)
      left = makeBinary(item.source, { left, right })
    }
  }

  #readOperand(): PromExpression {
    const item = this.#items[this.#next]
    this.#next += 1
    if (item?.kind === 'sign') return withSign(item.source, this.readFrom(strengthAfterSign))
    if (item?.kind !== 'operand') throw new TypeError('A chain begins with an operand')
    const { parseOperand, depth } = this.#context
    const isBare = item.source.node.name !== 'ParenExpr'
    let of = parseOperand(item.source, depth)
    for (const postfix of item.postfixes) of = applyPostfix(postfix, { of, isBare })
    return of
  }
}

function withSign(source: Source, of: PromExpression): PromExpression {
  const type = typeOf(of)
  if (type !== 'scalar' && type !== 'instant vector') {
    throw fault(source, `a sign goes before a scalar or an instant vector, not before a ${type}`)
  }
  if (!textOf(source).startsWith('-')) return of
  const place = { start: placeOf(source).start, end: of.place.end }
  return of.kind === 'number' ? { ...of, place, value: -of.value } : { kind: 'negation', place, of }
}
