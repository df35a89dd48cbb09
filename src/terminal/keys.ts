/** A key as it was pressed: the sign itself, or the name of a key that has none. */
export type Key = string

const sequences: Readonly<Record<string, Key>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[5~': 'pageUp',
  '[6~': 'pageDown',
  '[3~': 'delete',
}
const controls: Readonly<Record<string, Key>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\u007F': 'backspace',
  '\b': 'backspace',
  '\u0003': 'ctrl-c',
  '\u0006': 'pageDown',
  '\u0002': 'pageUp',
  '\u000C': 'ctrl-l',
  '\u0015': 'ctrl-u',
  '\u001A': 'ctrl-z',
  '\u001B': 'escape',
}
/** A whole sequence, one that has only begun, a sign. */
// oxlint-disable-next-line no-control-regex -- keys are told by control characters
const pattern = /\u001B(\[[\d;?]*[ -/]*[@-~]|O[A-Za-z])|(\u001B(?:\[[\d;?]*|O)?$)|[^]/gu

/** Keys that a terminal has told, and the start of a sequence whose rest has not come yet. */
export interface DecodedKeys {
  readonly keys: readonly Key[]
  readonly rest: string
}

/**
 * Reads keys from what a terminal sent. Sequences of keys that have no use here are left out.
 * @see https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
 */
export function decodeKeys(text: string): DecodedKeys {
  const keys: Key[] = []
  for (const [sign, sequence, begun] of text.matchAll(pattern)) {
    if (begun !== undefined) return { keys, rest: begun }
    const key = sequence === undefined ? (controls[sign] ?? sign) : sequences[sequence]
    // oxlint-disable-next-line no-control-regex -- what is left of control characters means nothing
    if (key !== undefined && !/^[\0-\x1F\x7F-\x9F]$/.test(key)) keys.push(key)
  }
  return { keys, rest: '' }
}

/** What was meant when no rest came: the key Escape, and signs after it. */
export function decodeRest(rest: string): readonly Key[] {
  return rest === '' ? [] : ['escape', ...Array.from(rest.slice(1))]
}
