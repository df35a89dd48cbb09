import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Document, Node } from 'yaml'
import type { Findings } from './findings.ts'
import { listYamlFaults } from './list-yaml-faults.ts'

/** Where something stands inside a file: keys of mappings and places in lists, from the top. */
export type FilePath = readonly (string | number)[]

/** A parsed file. */
export interface YamlFile {
  /** What it holds, as plain data; `undefined` when it is empty. */
  readonly values: unknown
  /** `/etc/vigie/datadog.yaml:12:9` for the value at `path`, or for the nearest mapping around it. */
  readonly placeOf: (path: FilePath) => string
  /** Like `placeOf`, for the key in front of the value. */
  readonly placeOfKey: (path: FilePath) => string
  /** A number or a truth value as it is written, `1e5`; `undefined` for everything else. */
  readonly sourceOf: (path: FilePath) => string | undefined
}

/**
 * Parses YAML 1.2 (with `<<`). Faults of the grammar go to `findings`, without the text around them, which may hold a
 * secret; then there are no values.
 */
export function parseYamlFile(path: string, text: string, findings: Findings): YamlFile {
  const lines = new LineCounter()
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}`
  }
  const document = compose(text, lines)
  if (document === undefined) {
    return refuse(path, 'saw more levels inside each other than can be read', findings)
  }
  const faults = new Map<string, string>()
  for (const { offset, message } of listYamlFaults(document)) {
    // One slip of the pen makes several errors in one place; the first says it best.
    if (!faults.has(place(offset))) faults.set(place(offset), message)
  }
  for (const [at, message] of faults) findings.faults.push({ place: at, message })
  const values = faults.size === 0 ? toValues(document) : { kind: 'values' as const }
  if (values.kind === 'bomb') {
    return refuse(path, 'saw aliases that unfold to far more than is written', findings)
  }
  return {
    values: values.values,
    placeOf: (at) => place(findNode(document, at).valueOffset),
    placeOfKey: (at) => place(findNode(document, at).keyOffset),
    sourceOf: (at) => findNode(document, at).source,
  }
}

function refuse(path: string, message: string, findings: Findings): YamlFile {
  findings.faults.push({ place: path, message })
  const place = (): string => path
  return { values: undefined, placeOf: place, placeOfKey: place, sourceOf: () => undefined }
}

/** `undefined` when the nesting is deeper than the stack. */
function compose(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      merge: true,
      stringKeys: true,
      prettyErrors: false,
      // Nothing is printed, and a second document is an error.
      logLevel: 'error',
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function toValues(
  document: Document.Parsed,
): { kind: 'values'; values?: unknown } | { kind: 'bomb' } {
  try {
    const values: unknown = document.toJS({ maxAliasCount: 100 })
    return { kind: 'values', values: values ?? undefined }
  } catch (error) {
    // The yaml package's answer to aliases that unfold too far; RangeError is the stack's to what is left.
    if (error instanceof ReferenceError || error instanceof RangeError) return { kind: 'bomb' }
    throw error
  }
}

interface FoundNode {
  readonly keyOffset: number
  readonly valueOffset: number
  readonly source: string | undefined
}

/** Goes down `path` as far as there are nodes; what came in by an alias or `<<` is where it was written. */
function findNode(document: Document.Parsed, path: FilePath): FoundNode {
  let node: Node | null = document.contents
  let keyOffset = node?.range?.[0] ?? 0
  let valueOffset = keyOffset
  for (const step of path) {
    const next = stepInto(document, node, step)
    if (next === undefined) return { keyOffset, valueOffset, source: undefined }
    keyOffset = next.keyOffset ?? keyOffset
    node = next.node
    valueOffset = node?.range?.[0] ?? keyOffset
  }
  return { keyOffset, valueOffset, source: sourceOf(node) }
}

function stepInto(
  document: Document.Parsed,
  around: Node | null,
  step: string | number,
): { readonly node: Node | null; readonly keyOffset: number | undefined } | undefined {
  const collection = isAlias(around) ? around.resolve(document) : around
  if (isSeq<Node>(collection) && typeof step === 'number') {
    const node = collection.items[step]
    return node === undefined ? undefined : { node, keyOffset: node.range?.[0] }
  }
  if (!isMap<Node, Node | null>(collection)) return undefined
  const pair = collection.items.find(({ key }) => isScalar(key) && key.value === step)
  return pair === undefined ? undefined : { node: pair.value, keyOffset: pair.key.range?.[0] }
}

function sourceOf(node: Node | null): string | undefined {
  if (!isScalar(node) || typeof node.value === 'string') return undefined
  return node.source
}
