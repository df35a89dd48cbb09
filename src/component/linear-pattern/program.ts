import type { CharSet } from './char-set.ts'
import { assertions, PatternSyntaxError, type Syntax } from './syntax.ts'

/**
 * What an instruction does: `match` ends; `set` takes a character of the set `a` and goes on at `b`; `split` goes on at `a`
 * and, less gladly, at `b`; `assertion` goes on at `b` where `a` holds; `save` notes the place in slot `a`, on at `b`.
 */
export const operation = { match: 0, set: 1, split: 2, assertion: 3, save: 4 } as const

/** A pattern as instructions, for machines that need time in proportion to the text. @see https://swtch.com/~rsc/regexp/regexp2.html */
export interface Program {
  readonly operations: Uint8Array
  readonly a: Int32Array
  readonly b: Int32Array
  readonly start: number
  /** By the number that instructions have for them. */
  readonly sets: readonly CharSet[]
  readonly hasAssertions: boolean
  /** Two for each group. */
  readonly slotCount: number
}

/** More would cost too much for each character. Go allows about as many for one repetition in another. */
const mostInstructions = 5000
/** Repetitions of nothing make no instructions. */
const mostSteps = 50_000

/** @throws {PatternSyntaxError} When its repetitions make it too large. */
export function compileProgram(syntax: Syntax, groupCount: number): Program {
  return new Compiler().compile(syntax, groupCount)
}

class Compiler {
  readonly #operations: number[] = []
  readonly #a: number[] = []
  readonly #b: number[] = []
  readonly #sets = new Map<string, { readonly index: number; readonly set: CharSet }>()
  #hasAssertions = false
  #steps = 0

  compile(syntax: Syntax, groupCount: number): Program {
    const end = this.#add(operation.save, 1, this.#add(operation.match, 0, 0))
    const start = this.#add(operation.save, 0, this.#emit(syntax, end))
    return {
      operations: Uint8Array.from(this.#operations),
      a: Int32Array.from(this.#a),
      b: Int32Array.from(this.#b),
      start,
      sets: Array.from(this.#sets.values(), ({ set }) => set),
      hasAssertions: this.#hasAssertions,
      slotCount: 2 * groupCount,
    }
  }

  /** @returns Where the part begins, which goes on at `next`. */
  #emit(syntax: Syntax, next: number): number {
    this.#steps += 1
    if (this.#steps > mostSteps) throw new PatternSyntaxError('its repetitions make it too large')
    switch (syntax.kind) {
      case 'sequence':
        return syntax.parts.reduceRight((after, part) => this.#emit(part, after), next)
      case 'choice':
        return this.#emitChoice(syntax.parts, next)
      case 'set':
        return this.#add(operation.set, this.#setIndex(syntax.set), next)
      case 'assertion':
        this.#hasAssertions = true
        return this.#add(operation.assertion, assertions.indexOf(syntax.assertion), next)
      case 'group': {
        const end = this.#add(operation.save, 2 * syntax.index + 1, next)
        return this.#add(operation.save, 2 * syntax.index, this.#emit(syntax.part, end))
      }
      case 'repeat':
        return this.#emitRepeat(syntax, next)
    }
  }

  #emitChoice(parts: readonly Syntax[], next: number): number {
    const starts = parts.map((part) => this.#emit(part, next))
    return starts.reduceRight((after, start) => this.#add(operation.split, start, after))
  }

  #emitRepeat(repeat: Extract<Syntax, { kind: 'repeat' }>, next: number): number {
    const { part, min, max, isGreedy } = repeat
    let after = next
    if (max === Infinity) after = this.#emitLoop(repeat, next)
    else
      for (let i = min; i < max; i += 1)
        after = this.#addSplit(this.#emit(part, after), next, isGreedy)
    for (let i = 0; i < min; i += 1) after = this.#emit(part, after)
    return after
  }

  #emitLoop({ part, isGreedy }: Extract<Syntax, { kind: 'repeat' }>, next: number): number {
    const loop = this.#addSplit(next, next, isGreedy)
    const body = this.#emit(part, loop)
    if (isGreedy) this.#a[loop] = body
    else this.#b[loop] = body
    return loop
  }

  #addSplit(body: number, next: number, isGreedy: boolean): number {
    return isGreedy
      ? this.#add(operation.split, body, next)
      : this.#add(operation.split, next, body)
  }

  #add(kind: number, a: number, b: number): number {
    if (this.#operations.length >= mostInstructions)
      throw new PatternSyntaxError('its repetitions make it too large')
    this.#a.push(a)
    this.#b.push(b)
    return this.#operations.push(kind) - 1
  }

  #setIndex(set: CharSet): number {
    const key = set.join()
    const known = this.#sets.get(key)
    if (known !== undefined) return known.index
    const index = this.#sets.size
    this.#sets.set(key, { index, set })
    return index
  }
}
