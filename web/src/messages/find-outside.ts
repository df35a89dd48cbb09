import { parseSync } from 'vite'

/** A text for readers that stands in the code instead of a table. */
export interface Outside {
  readonly line: number
  readonly text: string
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [part: string]: unknown
}

/** Attributes and properties that readers see or hear. */
const shownNames: ReadonlySet<string> = new Set([
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'about',
  'hint',
  'label',
  'liveText',
  'placeholder',
  'shortHint',
  'text',
  'title',
  'verb',
])
/** Properties of elements that are written to. */
const written =
  /^(textContent|innerText|innerHTML|nodeValue|title|placeholder|alt|label|aria[A-Z]\w+)$/
/** What draws or adds each text that it is given, and what writes an attribute. */
const writing =
  /^(fillText|strokeText|append|prepend|replaceWith|createTextNode|setCustomValidity|alert|confirm)$/
/** A capital letter and several words: whatever it is for, a reader may come to see it. */
const sentence = /^\p{Lu}\p{L}*,? \p{Ll}{2}/u
/** What is copied into a terminal is in no language of readers. */
const copied: ReadonlySet<string> = new Set(['Command', 'CopyButton'])
/** Two letters in a row make a word; a unit or a sign is none. */
const word = /\p{L}{2,}/u
const entity = /&\w+;/g

/**
 * All texts in a module that a reader would see and that no table has: between the tags of JSX, in attributes and properties
 * that are shown, in what is drawn on a canvas or written to `textContent`, `title` of the document and the like; and whatever
 * reads as a sentence, wherever it stands. It looks through conditions, templates, sums, lists and calls on them. What
 * `isKnown` holds for is left out, and so is each text of an error, which says what is wrong with the program.
 * @throws {Error} If it is no TypeScript.
 */
export function findOutside(
  path: string,
  source: string,
  isKnown: (text: string) => boolean,
): readonly Outside[] {
  const { program, errors } = parseSync(path, source, { lang: path.endsWith('x') ? 'tsx' : 'ts' })
  if (errors.length > 0) throw new Error(`Cannot parse ${path}: ${errors[0]?.message}`)
  const found = new Map<number, Outside>()
  const take = (node: unknown): void => {
    for (const { text, start } of textsOf(node)) {
      if (!word.test(text.replaceAll(entity, '')) || isKnown(text.trim())) continue
      found.set(start, { line: source.slice(0, start).split('\n').length, text: text.trim() })
    }
  }
  // A tree of nodes, which its own types do not let one walk through.
  const tree: unknown = program
  if (!isNode(tree)) return []
  visit(tree, (node) => {
    for (const shown of shownParts(node)) take(shown)
  })
  return [...found.values()]
}

/** The parts of a node that are shown as they are. */
function shownParts(node: Node): readonly unknown[] {
  switch (node.type) {
    case 'JSXText':
      return [node]
    case 'JSXExpressionContainer':
      return node['isChild'] === true ? [node['expression']] : []
    case 'JSXOpeningElement':
      return childrenOf(node['attributes'])
        .filter((attribute) => isShown(nameOf(node['name']), nameOf(attribute['name'])))
        .map((attribute) => attribute['value'])
    case 'Property':
      return shownNames.has(nameOf(node['key'])) ? [node['value']] : []
    case 'AssignmentExpression':
      return written.test(nameOf(node['left'])) ? [node['right']] : []
    case 'CallExpression':
      return givenParts(nameOf(node['callee']), childrenOf(node['arguments']))
    default:
      return isSentence(node) ? [node] : []
  }
}

function isSentence(node: Node): boolean {
  const isText = node.type === 'Literal' || node.type === 'TemplateLiteral'
  return isText && textsOf(node).some(({ text }) => sentence.test(text))
}

function givenParts(called: string, given: readonly Node[]): readonly Node[] {
  if (called === 'setAttribute') return shownNames.has(nameOf(given[0])) ? given.slice(1) : []
  return writing.test(called) ? given : []
}

function isShown(element: string, attribute: string): boolean {
  if (attribute === 'text' && copied.has(element)) return false
  return shownNames.has(attribute)
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return ''
  if (node.type === 'MemberExpression') return nameOf(node['property'])
  const { name, value } = node
  return typeof name === 'string' ? name : typeof value === 'string' ? value : ''
}

/** The parts of an expression that it may come to. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  ConditionalExpression: ['consequent', 'alternate'],
  LogicalExpression: ['left', 'right'],
  BinaryExpression: ['left', 'right'],
  TemplateLiteral: ['expressions'],
  JSXExpressionContainer: ['expression'],
  ParenthesizedExpression: ['expression'],
  ArrayExpression: ['elements'],
  ArrowFunctionExpression: ['body'],
  BlockStatement: ['body'],
  ReturnStatement: ['argument'],
  TSAsExpression: ['expression'],
  TSNonNullExpression: ['expression'],
  TSSatisfiesExpression: ['expression'],
}

interface Text {
  readonly text: string
  readonly start: number
}

/** The texts that an expression may come to, as far as they stand in it. */
function textsOf(node: unknown): readonly Text[] {
  if (!isNode(node)) return []
  const { type, start, value, operator } = node
  if (type === 'JSXText' || type === 'Literal') {
    return typeof value === 'string' ? [{ text: value, start }] : []
  }
  // What is compared is not shown.
  if (type === 'BinaryExpression' && operator !== '+') return []
  if (type === 'CallExpression') return madeOf(node).flatMap(textsOf)
  const inner = (outcomes[type] ?? []).flatMap((name) => {
    const part = node[name]
    return isNode(part) ? [part] : childrenOf(part)
  })
  return [...quasisOf(node), ...inner.flatMap(textsOf)]
}

/** What a method makes its answer of: `['a', 'b'].join(' ')`, `rows.map(() => 'row')`. What else is called makes texts itself. */
function madeOf({ callee, arguments: given }: Node): readonly Node[] {
  if (!isNode(callee) || callee.type === 'Identifier') return []
  if (callee.type !== 'MemberExpression') return [callee]
  const functions = childrenOf(given).filter(({ type }) => type === 'ArrowFunctionExpression')
  const object = callee['object']
  return functions.length > 0 || !isNode(object) ? functions : [object]
}

/** The fixed parts of a template. */
function quasisOf(node: Node): readonly Text[] {
  return childrenOf(node['quasis']).map(({ value, start }) => ({
    text: isRecord(value) ? String(value['cooked']) : '',
    start,
  }))
}

function visit(node: Node, see: (node: Node) => void): void {
  if (isOfProgram(node)) return
  see(node)
  for (const [name, part] of Object.entries(node)) {
    const isOfElement = node.type === 'JSXElement' || node.type === 'JSXFragment'
    for (const child of isNode(part) ? [part] : childrenOf(part)) {
      visit(isOfElement && name === 'children' ? { ...child, isChild: true } : child, see)
    }
  }
}

/** Errors, modules' names and types. */
function isOfProgram({ type, callee }: Node): boolean {
  return (
    (type === 'NewExpression' && nameOf(callee).endsWith('Error')) ||
    /^(Import|TS.*Type)/.test(type)
  )
}

function childrenOf(part: unknown): readonly Node[] {
  return Array.isArray(part) ? part.filter(isNode) : []
}

function isNode(part: unknown): part is Node {
  return isRecord(part) && typeof part['type'] === 'string'
}

function isRecord(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null
}
