/** One server-sent event; `data` is empty where it only tells the id. */
export interface ServerEvent {
  readonly event: string
  readonly data: string
  /** The newest id so far. */
  readonly id: string
}

/**
 * The events of a stream, as they come.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html, "Interpreting an event stream"
 */
export async function* readEvents(text: AsyncIterable<string>): AsyncGenerator<ServerEvent, void> {
  let waiting = ''
  let id = ''
  for await (const chunk of text) {
    waiting += chunk
    const blocks = waiting.split('\n\n')
    waiting = blocks.pop() ?? ''
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map(splitField))
      id = fields.get('id') ?? id
      yield { event: fields.get('event') ?? 'message', data: fields.get('data') ?? '', id }
    }
  }
}

function splitField(line: string): [string, string] {
  const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? []
  return [name, value]
}
