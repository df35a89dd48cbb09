import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openRules } from '../../../component/container-rules.ts'
import type { LogConfig } from '../../../component/log-config.ts'
import { createChoice, type Choice } from './choose-config.ts'

const web = { name: 'web', image: 'nginx:1', labels: {}, log: { label: '' } }
const ofWeb: LogConfig = {
  kind: 'container',
  place: 'conf.d/web.yaml:2',
  source: 'nginx',
  tags: [],
  rules: [],
  name: 'web',
}

function choose(
  given: { collectsAll?: boolean; configs?: readonly LogConfig[]; label?: string; name?: string },
  rules = openRules,
): Choice {
  const { collectsAll = false, configs = [], label = '', name = 'web' } = given
  return createChoice({ collectsAll, configs }, rules)({ ...web, name, log: { label } })
}

const sourceOf = (choice: Choice): string | undefined =>
  choice.kind === 'read' ? choice.config.source : undefined

describe('createChoice()', () => {
  test('reads a container only with a reason', () => {
    assert.deepEqual(choose({}), { kind: 'skip' })
    assert.equal(choose({ collectsAll: true }).kind, 'read')
    assert.equal(sourceOf(choose({ configs: [ofWeb] })), 'nginx')
    assert.equal(choose({ configs: [ofWeb], name: 'db' }).kind, 'skip')
  })

  test('prefers the label to conf.d, and conf.d to the common configuration', () => {
    const label = '[{"source": "own"}]'
    assert.equal(sourceOf(choose({ collectsAll: true, configs: [ofWeb], label })), 'own')
    assert.equal(sourceOf(choose({ collectsAll: true, configs: [ofWeb] })), 'nginx')
  })

  test('reads a container without a name for its logs in the label, such as an empty entry', () => {
    assert.equal(choose({ label: '[{}]' }).kind, 'read')
    assert.equal(choose({ label: '[]' }).kind, 'skip')
  })

  test('leaves out what the filters for logs leave out, whatever its label says', () => {
    const exclude = [{ field: 'name', pattern: /web/ }] as const
    const rules = { ...openRules, logs: { include: [], exclude } }
    assert.deepEqual(choose({ collectsAll: true, label: '[{}]' }, rules), { kind: 'skip' })
    const metrics = { ...openRules, metrics: { include: [], exclude } }
    assert.equal(choose({ collectsAll: true }, metrics).kind, 'read')
  })

  for (const [label, fault] of [
    ['{"source": "x"}', 'expected a list of logs, seen {"source":"x"}'],
    [
      '[{"source": "x"',
      'expected JSON such as [{"source": "nginx", "service": "web"}], seen [{"source": "x"',
    ],
    [
      "[{'source': 'x'}]",
      `expected JSON such as [{"source": "nginx", "service": "web"}], seen [{'source': 'x'}]`,
    ],
    [
      '[{"type": "file", "path": "/etc/shadow"}]',
      'the type file has its place in a file of conf.d',
    ],
    ['[{"tags": 5}]', 'tags must be a list of texts, seen 5'],
  ] as const) {
    test(`names the container and what is wrong with the label ${label}`, () => {
      const whole = `Container web: label com.datadoghq.ad.logs: ${fault}`
      assert.deepEqual(choose({ label }), { kind: 'skip', fault: whole })
      const choice = choose({ label, collectsAll: true })
      assert.deepEqual([choice.kind, choice.fault], ['read', whole])
    })
  }

  test('takes the first of several entries, and says so', () => {
    const choice = choose({ label: '[{"source": "a"}, {"source": "b"}]' })
    assert.equal(sourceOf(choice), 'a')
    assert.match(choice.fault ?? '', /^Container web: .*entry 2: only the first entry counts/)
  })

  test('uses a label with a key that is not known, and says so', () => {
    const choice = choose({ label: '[{"sourc": "a"}]' })
    assert.equal(choice.kind, 'read')
    assert.match(choice.fault ?? '', /sourc is not known/)
  })
})
