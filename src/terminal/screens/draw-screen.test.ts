import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogRow } from '../../api/contract/logs.ts'
import {
  sampleContainer,
  sampleMs,
  sampleScene,
  sampleTable,
} from '../../../test/terminal/sample-scene.ts'
import { lineText } from '../line.ts'
import { textWidth } from '../text/text-width.ts'
import { drawScreen } from './draw-screen.ts'
import type { Scene } from './scene.ts'

const small = { columns: 80, rows: 24 }
const wide = { columns: 200, rows: 60 }
const containers = [
  sampleContainer(1, { memoryLimitBytes: 2 ** 20 }),
  sampleContainer(2, { name: '日本\u001B[2J\u202E', health: 'unhealthy' }),
  sampleContainer(3, {
    name: 'gone',
    state: 'exited',
    exitCode: 137,
    oomKilled: true,
    finishedAt: sampleMs - 5000,
  }),
]

function textOf(scene: Scene): readonly string[] {
  return drawScreen(scene).map(lineText)
}

describe('drawScreen()', () => {
  test('takes nothing that an agent told before it fell silent for live', () => {
    const table = sampleTable(containers)
    const changed = table.agents().flatMap((agent) => [
      { ...agent, key: 2, host: 'apollo', away: true, figures: { cpu: 99 } },
      { ...agent, key: 3, host: 'atlas', figures: { cpu: 5 } },
    ])
    const news = { time: sampleMs, changed, rows: [], removedKeys: [] }
    table.take('agents', JSON.stringify(news))
    const [first, second] = textOf(sampleScene(table, small))
    assert.match(first ?? '', /3 hosts .* watching costs 2\.4% 160 MiB/)
    assert.equal(second, '3 hosts, CPU 15.0% on average, 1 away')
    const tall = textOf(sampleScene(table, { columns: 120, rows: 40 }))
    assert.match(tall[1] ?? '', /^orion /)
    assert.match(tall[2] ?? '', /^atlas /)
    assert.match(tall[3] ?? '', /^apollo {2}away/)
  })

  test('shows what runs and has just ended at 80×24', () => {
    const lines = textOf(sampleScene(sampleTable(containers), small))
    assert.deepEqual(lines.slice(0, 7), [
      '● live  1 host  2 running  1 stopped      watching costs 1.2% 80.0 MiB  12:00:00',
      'orion  CPU ██░░░░  25.0%  MEM ██░░░░ 1.0 GiB of 4.0 GiB  load 0.50',
      '   NAME                            CPU▼       MEM    MEM%   NET IN/s          UP',
      '●  日本                           20.0%   2.0 MiB       -    1.0 KiB      1h 01m',
      '●  web-1                          10.0%   1.0 MiB  100.0%    1.0 KiB      1h 01m',
      '○  gone                               -         -       -          -  oom killed',
      '',
    ])
  })

  test('fills every size exactly', () => {
    for (const size of [small, wide, { columns: 40, rows: 8 }, { columns: 20, rows: 5 }]) {
      for (const page of [
        { kind: 'table' },
        { kind: 'help', back: { kind: 'table' } },
        { kind: 'sort', at: 16 },
        { kind: 'columns', at: 0 },
        { kind: 'container', id: containers[0]?.id ?? '' },
        { kind: 'logs', id: containers[0]?.id ?? '', back: { kind: 'table' }, until: undefined },
      ] as const) {
        const lines = drawScreen(sampleScene(sampleTable(containers), size, { page }))
        const widths = new Set(
          lines.map(({ spans }) => textWidth(spans.map(({ text }) => text).join(''))),
        )
        assert.deepEqual([...widths], [size.columns], `${page.kind} ${size.columns}`)
        assert.ok(lines.length <= size.rows, `${page.kind} ${size.rows}: ${lines.length}`)
      }
    }
  })

  test('says that it is too small at 20×5', () => {
    const lines = textOf(sampleScene(sampleTable(containers), { columns: 20, rows: 5 }))
    assert.deepEqual(lines, ['too small:', '20x5,', 'needs', '40x8'])
  })

  test('has every column at 200×60', () => {
    const [, , titles = ''] = textOf(sampleScene(sampleTable(containers), wide))
    assert.match(
      titles,
      /^ +NAME +CPU▼ +MEM +MEM% +NET IN\/s +NET OUT\/s +READ\/s +WRITE\/s +PIDS +UP +IMAGE$/,
    )
  })

  test('shows the whole title of the column that rows are in order by', () => {
    const sort = { column: 'netRcvd', isFalling: true } as const
    const [, , titles = ''] = textOf(sampleScene(sampleTable(containers), small, { sort }))
    assert.match(titles, / NET IN\/s▼ /)
  })

  test('draws a meter of the limit where there is room', () => {
    const row = textOf(sampleScene(sampleTable(containers), wide))[4] ?? ''
    assert.match(row, /^● {2}web-1 .* 1\.0 MiB {2}█+ 100\.0% /)
  })

  test('keeps help and the way out at the foot of a narrow screen', () => {
    const narrow = { columns: 40, rows: 8 }
    const foot = textOf(sampleScene(sampleTable(containers), narrow)).at(-1)
    assert.equal(foot, 'f filter  s sort  l log  ? help  q quit')
    const page = { kind: 'columns', at: 0 } as const
    assert.match(textOf(sampleScene(sampleTable(containers), narrow, { page })).at(-1) ?? '', /Esc/)
  })

  test('shows no figure as live that is old', () => {
    const table = sampleTable(containers, 7000)
    table.setLink({ kind: 'lost', sinceMs: sampleMs, retryAtMs: sampleMs + 2000, reason: '' })
    const lines = textOf(sampleScene(table, small))
    assert.match(lines[0] ?? '', /^○ reconnecting since 12:00:00, next try in 2s/)
    assert.match(lines[3] ?? '', /^● {2}日本 +7s old/)
  })

  test('says why the server is not heard', () => {
    const table = sampleTable(containers)
    const reason = 'Cannot reach the server'
    table.setLink({ kind: 'lost', sinceMs: sampleMs, retryAtMs: sampleMs, reason })
    assert.equal(textOf(sampleScene(table, small))[1], reason)
  })

  test('names the fault of a filter and goes on with the rest', () => {
    const filterText = 'web cpu:>x'
    const lines = textOf(sampleScene(sampleTable(containers), small, { filterText }))
    assert.match(lines[2] ?? '', /^filter web cpu:>x {2}cannot read the number .* cpu:>50/)
    assert.equal(lines.filter((line) => line.includes('web-1')).length, 1)
  })

  test('filters by a label, and says why it cannot', () => {
    const filterText = 'label.team:web'
    const scene = sampleScene(sampleTable(containers), small, { filterText })
    const team = (id: string): string | null => (id === containers[0]?.id ? 'web' : null)
    const known = textOf({ ...scene, labels: { ...scene.labels, labelOf: team } })
    const shown = containers.filter(({ name }) => known.some((line) => line.includes(name)))
    assert.deepEqual(shown, [containers[0]])
    const problem = (): Error => new Error('Cannot reach the server')
    const unknown = textOf({ ...scene, labels: { labelOf: () => undefined, problem } })
    assert.match(unknown[2] ?? '', /labels are missing: Cannot reach the server/)
  })

  test('gathers by project with what a group uses together', () => {
    const lines = textOf(sampleScene(sampleTable(containers), small, { grouping: 'host' }))
    assert.equal(lines[3], 'orion (3)  CPU 30.0%  MEM 3.0 MiB')
  })

  test('tells of one container how it ended, and draws what was read', () => {
    const id = containers[2]?.id ?? ''
    const lines = textOf(
      sampleScene(sampleTable(containers), small, { page: { kind: 'container', id } }),
    )
    assert.match(lines[0] ?? '', /^gone {2}oom killed +● live$/)
    assert.ok(lines.some((line) => line === 'ended     5s ago, exit code 137, killed for memory'))
  })

  test('folds a long log line and lets none of it move the cursor', () => {
    const page = { kind: 'logs', id: '', back: { kind: 'table' }, until: undefined } as const
    const scene = sampleScene(sampleTable(containers), small, { page, hasTimes: false })
    scene.logs.append([sampleLine(`${'x'.repeat(90)}\u001B[H\r`)])
    assert.deepEqual(textOf(scene).slice(1, 4), ['x'.repeat(80), 'x'.repeat(10), ''])
  })
})

function sampleLine(message: string): LogRow {
  return {
    id: 'a',
    time: sampleMs,
    timeNanos: 0,
    host: 'orion',
    containerId: '',
    containerName: '',
    image: '',
    service: '',
    source: '',
    level: 'info',
    stream: 'stdout',
    message,
    attributes: {},
    tags: [],
  }
}
