/** Ends a request with a status and one sentence: what was seen, what is allowed, what to do. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly code = 'HTTP_REFUSED'
  /** 400 to 599. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>

  constructor(status: number, sentence: string, headers: Readonly<Record<string, string>> = {}) {
    super(sentence)
    this.status = status
    this.headers = headers
  }
}

/** A 400 for a text that cannot be read. */
export class HttpTextError extends HttpError {
  /** Where in the text the fault is, in UTF-16 units from its start. */
  readonly at: number

  constructor(sentence: string, at: number) {
    super(400, sentence)
    this.at = at
  }
}
