import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { RecordingIntake } from '../../../test/agent/recording-intake.ts'
import { createPoster, type PostResult } from './post.ts'

const payload = {
  route: '/somewhere',
  contentType: 'application/json',
  body: zstdCompressSync('{}'),
  count: 1,
}

async function post(intake: RecordingIntake): Promise<PostResult> {
  const poster = createPoster(intake.url, {
    apiKey: () => 'k',
    timeoutMs: 1000,
    version: '0',
    connections: 1,
  })
  const result = await poster.post(payload, new AbortController().signal)
  poster.close()
  return result
}

describe('createPoster()', { concurrency: true }, () => {
  for (const [header, retryAfterMs] of [
    ['2', 2000],
    ['0', undefined],
    ['-1', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ] as const) {
    test(`gives the pause that "Retry-After: ${header}" asks for`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => 503
      intake.answerHeaders = { 'retry-after': header }
      assert.deepEqual(await post(intake), {
        kind: 'answer',
        status: 503,
        text: 'status 503',
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      })
    })
  }

  test('says why there was no answer', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => 'cut'
    assert.deepEqual(await post(intake), { kind: 'failed', reason: 'socket hang up' })
  })
})
