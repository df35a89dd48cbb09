import { vi } from 'vitest'

/** One request that was made. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** What is answered: JSON, or a whole response. */
export type Answers = Readonly<Record<string, () => unknown>>

/** Answers `GET /path` and `POST /path` as told, all else with 404, and gives what was asked; until the globals are unstubbed. */
export function answerPaths(answers: Answers): readonly Asked[] {
  const asked: Asked[] = []
  vi.stubGlobal('fetch', async (path: string, { method = 'GET', body }: RequestInit = {}) => {
    asked.push({ method, path, body: typeof body === 'string' ? JSON.parse(body) : undefined })
    const answer = answers[`${method} ${path}`]?.()
    if (answer instanceof Response) return answer
    return Response.json(answer ?? { errors: ['no such address'] }, {
      status: answer === undefined ? 404 : 200,
    })
  })
  return asked
}
