import { afterEach, describe, expect, test, vi } from 'vitest'

import { fetchJson } from './request.ts'

afterEach(() => vi.unstubAllGlobals())

function answer(body: string, status: number): void {
  vi.stubGlobal('fetch', async () => new Response(body, { status }))
}

describe('fetchJson()', () => {
  test('gives the JSON of a good answer', async () => {
    answer('{"time":1}', 200)
    await expect(fetchJson('/api/agents')).resolves.toEqual({ time: 1 })
  })

  test("says the server's own sentence when it refuses", async () => {
    answer('{"errors":["Cannot read the query: …"]}', 400)
    await expect(fetchJson('/x')).rejects.toMatchObject({
      status: 400,
      message: 'Cannot read the query: …',
    })
  })

  test('says the status when something in between answers', async () => {
    answer('<html>Bad gateway</html>', 502)
    await expect(fetchJson('/x')).rejects.toMatchObject({
      status: 502,
      message: 'the server answered 502',
    })
  })

  test('does not take a page for an answer', async () => {
    answer('<html></html>', 200)
    await expect(fetchJson('/x')).rejects.toThrow('not JSON')
  })

  test('says that the server cannot be reached', async () => {
    vi.stubGlobal('fetch', async () => {
      throw new TypeError('Failed to fetch')
    })
    await expect(fetchJson('/x')).rejects.toMatchObject({ status: 0 })
  })
})
