import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeSinkContext } from '../../../test/agent/environment.ts'
import { PlainIntake } from '../../../test/agent/plain-intake.ts'
import { checkKey, validationUrl } from './key-check.ts'
import { nameDestinations } from './destinations.ts'
import { KeyChecks } from './key-checks.ts'

const apiKey = 'planted-key-0123456789abcdef0123'

describe('validationUrl()', () => {
  for (const [url, expected] of [
    ['https://7-74-0-app.agent.datadoghq.com', 'https://api.datadoghq.com/api/v1/validate'],
    ['https://app.datadoghq.eu.', 'https://api.datadoghq.eu/api/v1/validate'],
    ['https://app.us5.datadoghq.com', 'https://api.us5.datadoghq.com/api/v1/validate'],
    ['https://app.ddog-gov.com', 'https://api.ddog-gov.com/api/v1/validate'],
    ['http://vm:8428/datadog', 'http://vm:8428/datadog/api/v1/validate'],
    ['http://datadoghq.com.evil.example', 'http://datadoghq.com.evil.example/api/v1/validate'],
  ] as const)
    test(`asks ${expected} for ${url}`, () => assert.equal(String(validationUrl(url)), expected))
})

/** Asks an intake that answers so about the key. */
async function ask(intake: PlainIntake): Promise<unknown> {
  const urls = [{ url: intake.url, apiKey }]
  const [destination] = nameDestinations(urls, { group: 'datadog', version: '1' })
  assert.ok(destination)
  const { signal } = new AbortController()
  return checkKey(destination, { ...makeSinkContext(), signal })
}

describe('checkKey()', { timeout: 60_000 }, () => {
  for (const [status, expected] of [
    [200, { kind: 'valid' }],
    [403, { kind: 'refused' }],
    [401, { kind: 'refused' }],
    [404, { kind: 'unknown', reason: 'it answered 404' }],
  ] as const)
    test(`understands ${status}`, async () => {
      await using intake = await new PlainIntake().open()
      intake.answer = () => status
      assert.deepEqual(await ask(intake), expected)
    })

  test('shows the key in a header, and in no address', async () => {
    await using intake = await new PlainIntake().open()
    await ask(intake)
    const [asked] = intake.received
    assert.deepEqual([asked?.method, asked?.route], ['GET', '/api/v1/validate'])
    assert.equal(asked?.headers['dd-api-key'], apiKey)
  })

  test('does not know when nobody answers', async () => {
    const intake = await new PlainIntake().open()
    await intake[Symbol.asyncDispose]()
    assert.match(JSON.stringify(await ask(intake)), /"unknown".*ECONNREFUSED/)
  })
})

describe('KeyChecks', { timeout: 60_000 }, () => {
  test('tells of a refused key as long as it is refused, without the key', async () => {
    await using intake = await new PlainIntake().open()
    const context = makeSinkContext()
    const urls = [{ url: intake.url.replace('//', '//user:password@'), apiKey }]
    const keys = new KeyChecks(nameDestinations(urls, { group: 'datadog', version: '1' }), context)
    const reportAfter = async (status: number, nowMs: number): Promise<unknown> => {
      intake.answer = () => status
      keys.checkWhenDue(nowMs)
      await keys.settled()
      const [report, ...others] = context.telemetry.snapshot().endpoints
      assert.deepEqual(others, [])
      return report && [report.name, report.state, report.message]
    }
    const message = `datadog (${intake.url}) does not know the API key: nothing that is sent there is taken; check the key`
    const refused = ['datadog.key', 'refusing', message]
    assert.deepEqual(await reportAfter(403, 0), refused)
    assert.deepEqual(await reportAfter(403, 3_600_000), refused)
    assert.deepEqual(await reportAfter(200, 3_600_001), refused, 'it is not asked before an hour')
    assert.equal(await reportAfter(200, 7_200_000), undefined)
    await keys.close()
  })
})
