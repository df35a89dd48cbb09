import { neighbour } from './alphabet.ts'
import { assertions } from './syntax.ts'

/** Whether an assertion, by its place in `assertions`, holds between two characters; sixteen answers for each, made once. */
const answers = Uint8Array.from(
  assertions.flatMap((assertion) =>
    Object.values(neighbour).flatMap((before) =>
      Object.values(neighbour).map((after) => {
        const isWordEdge = (before === neighbour.word) !== (after === neighbour.word)
        switch (assertion) {
          case 'text-start':
            return before === neighbour.edge
          case 'text-end':
            return after === neighbour.edge
          case 'line-start':
            return before === neighbour.edge || before === neighbour.newline
          case 'line-end':
            return after === neighbour.edge || after === neighbour.newline
          case 'word-edge':
            return isWordEdge
          case 'no-word-edge':
            return !isWordEdge
        }
      }),
    ),
  ),
  Number,
)

/**
 * @param assertion Its place in `assertions`.
 * @param between Values of `neighbour` for what stands before and after: `before * 4 + after`.
 */
export function assertionHolds(assertion: number, between: number): boolean {
  return answers[assertion * 16 + between] === 1
}
