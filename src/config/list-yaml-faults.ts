import { visit, type Document, type ErrorCode } from 'yaml'

/** A place in the text that is not YAML, and what was seen there. */
export interface YamlFault {
  readonly offset: number
  readonly message: string
}

/** What is wrong with the grammar of `document`, in our words: the parser's may quote the line, and with it a secret. */
export function listYamlFaults(document: Document.Parsed): readonly YamlFault[] {
  const faults: YamlFault[] = document.errors.map(({ pos, code }) => ({
    offset: pos[0],
    message: texts.get(code) ?? notYaml,
  }))
  visit(document, {
    Alias: (_key, alias) => {
      if (alias.resolve(document) !== undefined) return
      faults.push({ offset: alias.range?.[0] ?? 0, message: loneAlias })
    },
  })
  return faults
}

const notYaml = 'saw something that is not YAML; allowed: key: value, with spaces for indentation'
const loneAlias = 'saw an alias without its anchor; put a value that begins with * in quotes'

/** The faults that people make. */
const texts: ReadonlyMap<ErrorCode, string> = new Map([
  ['TAB_AS_INDENT', 'saw a tab in the indentation; allowed: spaces only'],
  ['DUPLICATE_KEY', 'saw the same key a second time; allowed: each key once'],
  ['BAD_INDENT', 'saw an indentation that does not fit the lines above it'],
  ['MULTIPLE_DOCS', 'saw a second document after ---; allowed: one document'],
  ['MULTILINE_IMPLICIT_KEY', 'saw a line without a colon; allowed: key: value'],
  [
    'BLOCK_AS_IMPLICIT_KEY',
    'saw a key and its value where a plain value belongs; check the indentation, or put the value in quotes',
  ],
  [
    'BAD_SCALAR_START',
    'saw a value that begins with a sign kept for YAML itself; put it in quotes',
  ],
  ['MISSING_CHAR', 'saw no end of a quoted text or a bracket, or no space where one is needed'],
  ['BAD_ALIAS', loneAlias],
  ['NON_STRING_KEY', 'saw a key that is not a text; allowed: key: value'],
  ['RESOURCE_EXHAUSTION', 'saw more levels inside each other than can be read'],
])
