import type { RegexNode } from './regex-node.ts'

/** Texts that every match contains, whatever the case of their letters. */
export type RequiredTexts =
  | {
      readonly kind: 'text'
      readonly text: string
      /** Whether nothing but a separator, or an end of the text, can stand before it. */
      readonly isStartWhole: boolean
      /** The same for what stands after it. */
      readonly isEndWhole: boolean
    }
  | { readonly kind: 'all' | 'any'; readonly parts: readonly RequiredTexts[] }

const maxCopies = 20

/** What a match of the regular expression has to contain; undefined when nothing is known of it. */
export function requiredTexts(node: RegexNode): RequiredTexts | undefined {
  const runs = new RunGatherer()
  runs.add(node)
  return runs.finish()
}

/** Puts literals that follow each other together, and keeps what is required of the pieces between them. */
class RunGatherer {
  readonly #parts: RequiredTexts[] = []
  #run = ''
  #isStartWhole = false

  add(node: RegexNode): void {
    switch (node.kind) {
      case 'literal':
        this.#addLiteral(node.character, node.isCaseless)
        break
      case 'character':
        this.#endRun(node.isSeparator)
        break
      case 'edge':
        // Between a letter and what is none for RE2, which beyond ASCII may be one for us.
        if (node.isTextEdge) this.#endRun(true)
        break
      case 'sequence':
        for (const part of node.nodes) this.add(part)
        break
      case 'choice':
        this.#addChoice(node.nodes)
        break
      case 'repeat':
        this.#addRepeat(node.node, node.min, node.max)
        break
    }
  }

  finish(): RequiredTexts | undefined {
    this.#endRun(false)
    return join('all', this.#parts)
  }

  #addLiteral(character: string, isCaseless: boolean): void {
    if (isCaseless && hasOddCases(character)) this.#endRun(false)
    else this.#run += character
  }

  #addChoice(nodes: readonly RegexNode[]): void {
    this.#endRun(false)
    const choices = nodes.map(requiredTexts)
    if (choices.every((choice) => choice !== undefined)) this.#keep(join('any', choices))
  }

  #addRepeat(node: RegexNode, min: number, max: number): void {
    if (min === 0) {
      this.#endRun(false)
      return
    }
    const copies = Math.min(min, maxCopies)
    for (let copy = 0; copy < copies; copy++) this.add(node)
    if (max === min && copies === min) return
    this.#endRun(false)
    // The last time round leads on to what follows.
    this.add(node)
  }

  #endRun(isWhole: boolean): void {
    if (this.#run !== '') {
      const run = { text: this.#run, isStartWhole: this.#isStartWhole, isEndWhole: isWhole }
      this.#keep({ kind: 'text', ...run })
    }
    this.#run = ''
    this.#isStartWhole = isWhole
  }

  #keep(part: RequiredTexts | undefined): void {
    if (part !== undefined) this.#parts.push(part)
  }
}

/** Letters that RE2 takes for others than their own two cases: the Kelvin sign for a k, the long s for an s. */
function hasOddCases(character: string): boolean {
  return /[ks\u{80}-\u{10FFFF}]/iu.test(character)
}

function join(kind: 'all' | 'any', parts: readonly RequiredTexts[]): RequiredTexts | undefined {
  const [only] = parts
  if (only === undefined) return undefined
  return parts.length === 1 ? only : { kind, parts }
}
