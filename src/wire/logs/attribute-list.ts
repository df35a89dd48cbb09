import { isRecord, jsonText } from './json-record.ts'

/** What is beyond is left out, and counted in `vigie.attributes_left_out`. */
const mostAttributes = 100
const longestName = 200
/** Of a value, in UTF-16 units. */
const longestValue = 10_000
/** Objects in objects; what lies deeper is kept as JSON text. */
const mostLevels = 20

const leftOutName = 'vigie.attributes_left_out'

/**
 * What is known of a line beside its text, as `LogBlock.attributes` holds it: texts by name. Of two with one name the later
 * counts. Attributes that are too many, and names and values that are too long, are left out.
 */
export class AttributeList {
  readonly #texts = new Map<string, string>()
  #leftOut = 0

  get(name: string): string | undefined {
    return this.#texts.get(name)
  }

  set(name: string, text: string): void {
    const isFull = this.#texts.size >= mostAttributes && !this.#texts.has(name)
    if (isFull || name.length > longestName || text.length > longestValue) this.#leftOut += 1
    else this.#texts.set(name, text)
  }

  delete(name: string): void {
    this.#texts.delete(name)
  }

  /** Adds a value of JSON: of an object its fields, whose names are joined by dots; `null` is nothing, a list is its JSON. */
  setJson(name: string, value: unknown, depth = 1): void {
    if (value === null || value === undefined) return
    if (!isRecord(value) || depth >= mostLevels) this.set(name, jsonText(value))
    else
      for (const [key, inner] of Object.entries(value))
        this.setJson(`${name}.${key}`, inner, depth + 1)
  }

  /** A JSON object of texts; empty when there is none. */
  toJson(): string {
    if (this.#leftOut > 0) this.#texts.set(leftOutName, String(this.#leftOut))
    let json = ''
    for (const [name, text] of this.#texts)
      json += `${json === '' ? '{' : ','}${quoteName(name)}${JSON.stringify(text)}`
    return json === '' ? '' : `${json}}`
  }
}

/** Names are the same in line after line; no more than these are remembered. */
const mostNames = 2000
const quotedNames = new Map<string, string>()

function quoteName(name: string): string {
  const known = quotedNames.get(name)
  if (known !== undefined) return known
  const quoted = `${JSON.stringify(name)}:`
  if (quotedNames.size < mostNames) quotedNames.set(name, quoted)
  return quoted
}
