import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { openTestServer, type TestServer } from '../../../test/server/open-test-server.ts'
import { sampleBlock, sampleOrigin, type SampleLine } from '../../../test/server/sample-logs.ts'
import type { LogRow } from '../../api/contract/logs.ts'
import { openLogQuestions } from '../../query/logs/open-log-questions.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import type { CommandIo } from '../command.ts'
import { runCommandLine } from '../run-command-line.ts'
import { logs } from './logs.ts'

let store: TemporaryStore
let server: TestServer
let ctrlC = new AbortController()
let printed = { out: '', err: '' }
let onPrinted = (): void => {}
let position = 0

const other = sampleOrigin('b', { containerName: 'database', host: 'debian-2' })
const startMs = Date.now() - 120_000

before(async () => {
  store = await openTemporaryStore()
  server = await openTestServer({ logs: openLogQuestions(store.read, store.logNews) })
  await write(
    { message: 'first', level: 'debug' },
    { message: '\u001B[31mred\u001B[0m and \u001B[2Jcleared\u0007', origin: other, level: 'error' },
    { message: 'two\nlines', level: 'warn' },
  )
})
after(async () => {
  await server.close()
  await store[Symbol.asyncDispose]()
})
beforeEach(() => {
  ctrlC = new AbortController()
  printed = { out: '', err: '' }
})
afterEach(() => ctrlC.abort())

function write(...lines: readonly Omit<SampleLine, 'timeNs'>[]): Promise<void> {
  const block = lines.map((line) => {
    position += 1
    return { ...line, position, timeNs: BigInt(startMs + position) * 1_000_000n + 5n }
  })
  return store.write({ logs: [sampleBlock(block)] })
}

/** Runs the command in this process. */
function run(args: readonly string[], change: Partial<CommandIo> = {}): Promise<number> {
  const take = (which: 'out' | 'err') => (text: string) => {
    printed[which] += text
    onPrinted()
  }
  return runCommandLine(['logs', ...args], [logs], {
    out: take('out'),
    err: take('err'),
    env: { VIGIE_SERVER_URL: server.url },
    cwd: '/',
    mainFile: '/main.ts',
    signal: ctrlC.signal,
    ...change,
  })
}

/** Resolves once something like it was printed. */
async function untilPrinted(which: 'out' | 'err', pattern: RegExp): Promise<void> {
  while (!pattern.test(printed[which])) {
    await new Promise<void>((resolve) => {
      onPrinted = resolve
    })
  }
}

/** What was printed, without the times. */
function printedLines(): readonly string[] {
  return printed.out
    .replaceAll(/^\d\d:\d\d:\d\d\.\d{3} /gm, '')
    .split('\n')
    .slice(0, -1)
}

describe('vigie logs', () => {
  test('prints lines of the last quarter of an hour, the oldest first, without what a terminal would obey', async () => {
    assert.equal(await run([]), 0)
    assert.match(printed.out, /^\d\d:\d\d:\d\d\.\d{3} web-a │ first\n/)
    assert.deepEqual(printedLines(), [
      'web-a │ first',
      'database │ red and cleared',
      'web-a    │ two',
      '                      │ lines',
    ])
    assert.equal(printed.err, '')
  })

  test('keeps colours on a terminal, and ends them with their line', async () => {
    assert.equal(await run(['red'], { isTerminal: true }), 0)
    assert.match(
      printed.out.replaceAll('\u001B', 'ESC'),
      /ESC\[\d+mdatabaseESC\[0m │ ESC\[31mredESC\[0m and clearedESC\[0m\n$/,
    )
    printed.out = ''
    const env = { VIGIE_SERVER_URL: server.url, NO_COLOR: '1' }
    await run(['red'], { isTerminal: true, env })
    await run(['red', '--no-color'], { isTerminal: true })
    assert.deepEqual(printedLines(), ['database │ red and cleared', 'database │ red and cleared'])
  })

  test('prints what the server has of each line as JSON', async () => {
    assert.equal(await run(['--json', 'red']), 0)
    const row: LogRow = JSON.parse(printed.out)
    assert.equal(row.message, '\u001B[31mred\u001B[0m and \u001B[2Jcleared\u0007')
    assert.deepEqual([row.containerName, row.level, row.timeNanos], ['database', 'error', 5])
  })

  test('prints times to the nanosecond', async () => {
    await run(['--timestamps', 'first'])
    const time = new Date(startMs + 1).toISOString().replace('Z', '000005Z')
    assert.equal(printed.out, `${time} web-a │ first\n`)
  })

  const choices: readonly (readonly [args: readonly string[], expected: RegExp])[] = [
    [['--container', 'data*'], /^database │ red.*$/],
    [['--container', 'database', '--container', 'web-a', 'red'], /^database │ red.*$/],
    [['--container', 'b'.repeat(12)], /^database │ red.*$/],
    [['--host', 'debian-2'], /^database │ red.*$/],
    [['--level', 'error'], /^database │ red.*$/],
    [['-n', '1'], /^web-a │ two\n.*│ lines$/],
    [['-n', '0'], /^$/],
    [['first', 'OR', 'red', '--level', 'error'], /^database │ red.*$/],
    [['--', '-web', '-first', '-two'], /^database │ red.*$/],
    [['--since', '1s'], /^$/],
    [['--until', '1h'], /^$/],
    [
      ['--since', new Date(startMs).toISOString(), '--until', new Date(startMs + 1).toISOString()],
      /^web-a │ first$/,
    ],
  ]
  for (const [args, expected] of choices) {
    test(`chooses by ${args.join(' ')}`, async () => {
      assert.equal(await run(args), 0, printed.err)
      assert.match(printedLines().join('\n'), expected)
    })
  }

  test('reads more than one page, in both directions', async () => {
    const many = Array.from({ length: 2345 }, (_, n) => ({ message: `many ${n}` }))
    await write(...many)
    await run(['many'])
    const all = printedLines().map((line) => line.replace('web-a │ ', ''))
    assert.deepEqual(
      all,
      many.map(({ message }) => message),
    )
    printed.out = ''
    await run(['many', '-n', '1500'])
    assert.deepEqual(
      printedLines().map((line) => line.replace('web-a │ ', '')),
      all.slice(-1500),
    )
  })

  const faults: readonly (readonly [args: readonly string[], message: string])[] = [
    [
      ['a OR )'],
      'error: Cannot read the query at character 6, before ): a word, a "phrase", key:value or /regular expression/ is expected\n' +
        '  a OR )\n       ^\n(add --help to see what is allowed)\n',
    ],
    [['--since', 'noon'], 'error: Cannot use --since noon: expected is how long ago'],
    [['-n', '-1'], 'error: Cannot use --lines -1: allowed are whole numbers from 0 to 100000'],
    [
      ['--level', 'loud'],
      'error: Cannot read the query at character 9, before loud: a level is expected',
    ],
    [['--since', '1h', '--until', '2h'], 'error: Cannot use --since: it is later than --until'],
  ]
  for (const [args, message] of faults) {
    test(`says what is wrong with ${args.join(' ')}`, async () => {
      assert.equal(await run(args), 2)
      assert.ok(printed.err.startsWith(message), printed.err)
    })
  }

  test('says that there is no server', async () => {
    const env = { VIGIE_SERVER_URL: 'http://127.0.0.1:1' }
    assert.equal(await run([], { env }), 1)
    assert.match(
      printed.err,
      /^vigie: Cannot reach the server at http:\/\/127\.0\.0\.1:1: .*vigie up/,
    )
  })
})

describe('vigie logs --follow', () => {
  test('goes on with new lines until Ctrl-C, each once', async () => {
    const ended = run(['-f', '-n', '1', 'followed OR first'])
    await untilPrinted('out', /first\n/)
    await write({ message: 'followed 1' })
    await untilPrinted('out', /followed 1\n/)
    await write({ message: 'not this' }, { message: 'followed 2' })
    await untilPrinted('out', /followed 2\n/)
    ctrlC.abort()
    assert.equal(await ended, 0)
    assert.deepEqual(printedLines(), ['web-a │ first', 'web-a │ followed 1', 'web-a │ followed 2'])
    assert.equal(printed.err, '')
  })

  test('says how many lines it was not given', async () => {
    const ended = run(['-f', '-n', '1', 'first OR burst'])
    await untilPrinted('out', /first\n/)
    await write(...Array.from({ length: 700 }, (_, n) => ({ message: `burst ${n}` })))
    await untilPrinted('out', /burst 699\n/)
    ctrlC.abort()
    assert.equal(await ended, 0)
    assert.equal(printed.err, 'vigie: 200 lines came too fast and were skipped\n')
    assert.equal(printedLines().length, 501)
  })

  test('goes on where it was when the server comes back', async () => {
    const port = new URL(server.url).port
    const ended = run(['-f', '-n', '1', 'first OR back'])
    await untilPrinted('out', /first\n/)
    await write({ message: 'back 1' })
    await untilPrinted('out', /back 1\n/)
    await server.close()
    await untilPrinted('err', /trying again\n/)
    await write({ message: 'back 2' })
    const questions = openLogQuestions(store.read, store.logNews)
    server = await openTestServer({ port: Number(port), logs: questions })
    await untilPrinted('out', /back 2\n/)
    ctrlC.abort()
    assert.equal(await ended, 0)
    assert.deepEqual(printedLines(), ['web-a │ first', 'web-a │ back 1', 'web-a │ back 2'])
    assert.equal(printed.err.match(/trying again/g)?.length, 1)
  })
})
