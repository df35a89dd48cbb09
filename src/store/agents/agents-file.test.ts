import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { sampleReport } from '../../../test/server/sample-report.ts'
import { openLog } from '../../telemetry/log.ts'
import { AgentRegistry } from './agent-registry.ts'
import { openAgentsFile } from './agents-file.ts'
import { unknownHost } from './datadog-host.ts'

const log = openLog('silent', 'test')
const nowMs = 1_790_000_000_000

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-agents-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Opens the file, lets agents come, and closes it; gives who was known before. */
async function visit(come: (registry: AgentRegistry) => void): Promise<string[]> {
  const registry = new AgentRegistry({ clock: () => nowMs })
  const file = await openAgentsFile(join(folder, 'agents.json'), registry, log)
  const known = registry.list().map(({ kind, report }) => `${kind} ${report.host}`)
  come(registry)
  await file.close()
  return known
}

describe('openAgentsFile()', () => {
  test('has agents outlive the server, readable by nobody else', async () => {
    const report = sampleReport({
      agentId: 'id',
      host: 'ours',
      timeMs: nowMs,
      dropped: { 'server.full': 2 },
      sources: [{ name: 'docker', state: 'running', message: '', restarts: 0 }],
    })
    const known = await visit((registry) => {
      registry.takeReport(report)
      registry.takeDatadogHost({ ...unknownHost('theirs', '7.60.0'), tags: ['env:prod'] })
    })
    assert.deepEqual(known, [])
    const registry = new AgentRegistry({ clock: () => nowMs + 60_001 })
    const file = await openAgentsFile(join(folder, 'agents.json'), registry, log)
    const [ours, theirs] = registry.list()
    assert.deepEqual(ours?.report, { ...report, sources: [], dropped: {} })
    assert.deepEqual([ours.isAway, theirs?.isAway], [true, true])
    assert.deepEqual(theirs?.hostTags, ['env:prod'])
    await file.close()
    assert.equal((await stat(join(folder, 'agents.json'))).mode & 0o777, 0o600)
    assert.deepEqual(await readdir(folder), ['agents.json'])
  })

  for (const content of ['', '{}', '[{"kind":"vigie"}]', '[1', 'null']) {
    test(`begins anew where the file holds ${JSON.stringify(content)}`, async () => {
      await writeFile(join(folder, 'agents.json'), content)
      assert.deepEqual(await visit((registry) => registry.hearDatadog('dd', '7')), [])
      assert.deepEqual(await visit(() => {}), ['datadog dd'])
    })
  }

  test('leaves what was there when it cannot write', async () => {
    await visit((registry) => registry.hearDatadog('dd', '7'))
    const before = await readFile(join(folder, 'agents.json'), 'utf8')
    const registry = new AgentRegistry({ clock: () => nowMs })
    const file = await openAgentsFile(join(folder, 'missing/agents.json'), registry, log)
    await file.close()
    assert.equal(await readFile(join(folder, 'agents.json'), 'utf8'), before)
  })
})
