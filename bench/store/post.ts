import { request, type Agent } from 'node:http'

export interface Post {
  readonly body: Buffer
  readonly headers: Readonly<Record<string, string>>
  readonly agent: Agent
}

/** Posts until it is taken in: whoever says that it is busy is asked again. */
export async function postUntilTaken(url: string, post: Post): Promise<void> {
  for (;;) {
    const { status, text } = await postOnce(url, post)
    if (status < 300) return
    if (![429, 503].includes(status)) throw new Error(`${url} answered ${status}: ${text}`)
  }
}

function postOnce(
  url: string,
  { body, headers, agent }: Post,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': body.length },
    }
    request(url, options, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece.slice(0, 300)))
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
      .once('error', reject)
      .end(body)
  })
}
