const objectOpen = 0x7b
const objectClose = 0x7d
const listOpen = 0x5b
const listClose = 0x5d

/** What may come next outside of texts. */
type Expected =
  | 'value'
  | 'value-or-end'
  | 'name'
  | 'name-or-end'
  | 'colon'
  | 'comma-or-end'
  | 'nothing'

/** More are nested in no log. */
const mostNested = 100

/** Follows a JSON object that comes in pieces, and sees whether it is whole, or no JSON. */
export class JsonProgress {
  #expected: Expected = 'value'
  #text: 'no' | 'name' | 'value' = 'no'
  #isEscaped = false
  #isInScalar = false
  readonly #open: number[] = []

  /** Takes the next line of it. */
  take(bytes: Uint8Array, start: number, end: number): 'unfinished' | 'whole' | 'broken' {
    for (let at = start; at < end; at += 1) if (!this.#takeByte(bytes[at] ?? 0)) return 'broken'
    // A text goes on in no other line.
    if (this.#text !== 'no') return 'broken'
    this.#isInScalar = false
    return this.#expected === 'nothing' ? 'whole' : 'unfinished'
  }

  #takeByte(byte: number): boolean {
    if (this.#text !== 'no') return this.#takeInText(byte)
    if (byte === 0x20 || (byte >= 0x09 && byte <= 0x0d)) {
      this.#isInScalar = false
      return true
    }
    switch (byte) {
      case 0x22:
        return this.#beginText()
      case 0x3a:
        return this.#move(this.#expected === 'colon', 'value')
      case 0x2c:
        return this.#takeComma()
      case objectOpen:
      case listOpen:
        return this.#openNested(byte)
      case objectClose:
      case listClose:
        return this.#closeNested(byte)
      default:
        return this.#takeScalar(byte)
    }
  }

  #takeInText(byte: number): boolean {
    if (this.#isEscaped) this.#isEscaped = false
    else if (byte === 0x5c) this.#isEscaped = true
    else if (byte === 0x22) {
      this.#expected = this.#text === 'name' ? 'colon' : 'comma-or-end'
      this.#text = 'no'
    }
    return byte >= 0x20
  }

  #beginText(): boolean {
    if (this.#expected === 'name' || this.#expected === 'name-or-end') this.#text = 'name'
    else if (this.#expectsValue()) this.#text = 'value'
    return this.#text !== 'no'
  }

  #takeComma(): boolean {
    const isPossible = this.#expected === 'comma-or-end'
    return this.#move(isPossible, this.#open.at(-1) === objectOpen ? 'name' : 'value')
  }

  #openNested(byte: number): boolean {
    const isPossible = this.#expectsValue() && this.#open.length < mostNested
    this.#open.push(byte)
    return this.#move(isPossible, byte === objectOpen ? 'name-or-end' : 'value-or-end')
  }

  #closeNested(byte: number): boolean {
    const isObject = byte === objectClose
    const isOpen = this.#open.pop() === (isObject ? objectOpen : listOpen)
    const isEnd =
      this.#expected === 'comma-or-end' ||
      this.#expected === (isObject ? 'name-or-end' : 'value-or-end')
    return this.#move(isOpen && isEnd, this.#open.length === 0 ? 'nothing' : 'comma-or-end')
  }

  /** Numbers, `true`, `false`, `null`. */
  #takeScalar(byte: number): boolean {
    const isPart = (byte >= 0x2b && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a) || byte === 0x45
    if (this.#isInScalar) return isPart
    this.#isInScalar = true
    return this.#move(isPart && this.#expectsValue() && this.#open.length > 0, 'comma-or-end')
  }

  #expectsValue(): boolean {
    return this.#expected === 'value' || this.#expected === 'value-or-end'
  }

  #move(isPossible: boolean, next: Expected): boolean {
    this.#expected = next
    if (next !== 'comma-or-end') this.#isInScalar = false
    return isPossible
  }
}
