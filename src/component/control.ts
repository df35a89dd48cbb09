/** A line of an answer, as JSON. */
export type ControlLine = Readonly<Record<string, unknown>>

/** What a command of a person asks of a running component. */
export interface ControlQuestion {
  /** What stood behind `?` in the request. */
  readonly parameters: ReadonlyMap<string, string>
  /** The body of the request; empty when there is none. */
  readonly body: AsyncIterable<Uint8Array>
  /** Aborts when whoever asked is gone, and when the agent stops. */
  readonly signal: AbortSignal
}

/** Gives the answer line by line, as it comes about. @throws {ControlError} */
export type ControlAnswer = (question: ControlQuestion) => AsyncIterable<ControlLine>

/** The door through which commands on the same machine speak to the components of a running agent. */
export interface Control {
  /** Answers the questions called `name`, such as `dogstatsd-stats`, until what is given back is called. */
  readonly offer: (name: string, answer: ControlAnswer) => () => void
}

/** What was asked cannot be done; the message says why and what to do. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
}
