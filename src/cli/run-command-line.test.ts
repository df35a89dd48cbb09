import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { UsageError, defineCommand, type Command, type CommandIo } from './command.ts'
import { runCommandLine } from './run-command-line.ts'

const greet = defineCommand({
  name: 'greet',
  about: 'say a name',
  arguments: [{ name: '<name>', about: 'whom to greet' }],
  options: [
    { flags: '--loud', about: 'in capitals' },
    { flags: '-t, --times <count>', about: 'how often' },
  ],
  run: async (args, options, { out }) => {
    out(JSON.stringify({ args, options }))
    return args[0] === 'nobody' ? 1 : 0
  },
})

function throwing(error: Error): Command {
  return defineCommand({
    name: 'throw',
    about: 'fail',
    options: [],
    run: async () => {
      throw error
    },
  })
}

async function run(line: string, ...commands: Command[]) {
  const printed = { out: '', err: '' }
  const io: CommandIo = {
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    env: {},
    cwd: '/',
    mainFile: '/main.ts',
    signal: new AbortController().signal,
  }
  const exitCode = await runCommandLine(line.split(' ').filter(Boolean), commands, io)
  return { exitCode, ...printed }
}

describe('runCommandLine()', () => {
  test('hands arguments and options to the command', async () => {
    const { exitCode, out } = await run('greet Ada --loud -t 3', greet)
    assert.equal(exitCode, 0)
    assert.deepEqual(JSON.parse(out), { args: ['Ada'], options: { loud: true, times: '3' } })
  })

  test('returns the exit code of the command', async () => {
    const { exitCode, err } = await run('greet nobody', greet)
    assert.deepEqual({ exitCode, err }, { exitCode: 1, err: '' })
  })

  const wrongUses = [
    { line: 'gret Ada', says: /unknown command 'gret'\n\(Did you mean greet\?\)/ },
    { line: 'greet Ada --lout', says: /unknown option '--lout'\n\(Did you mean --loud\?\)/ },
    { line: 'greet', says: /missing required argument 'name'/ },
    { line: 'greet Ada Eve', says: /too many arguments/ },
    { line: 'greet Ada --times', says: /argument missing/ },
    { line: '', says: /Usage: vigie/ },
  ]
  for (const { line, says } of wrongUses) {
    test(`answers 2 and says why to: vigie ${line}`, async () => {
      const { exitCode, out, err } = await run(line, greet)
      assert.deepEqual({ exitCode, out }, { exitCode: 2, out: '' })
      assert.match(err, says)
    })
  }

  for (const line of ['--help', 'greet --help', 'help greet', '--version']) {
    test(`answers 0 on standard output to: vigie ${line}`, async () => {
      const { exitCode, out, err } = await run(line, greet)
      assert.deepEqual({ exitCode, err }, { exitCode: 0, err: '' })
      assert.match(out, line === '--version' ? /^\d+\.\d+\.\d+\n$/ : /^Usage: vigie/)
    })
  }

  test('prints a known fault as one line', async () => {
    const error = Object.assign(new Error('Cannot listen on port 1'), { code: 'EACCES' })
    assert.deepEqual(await run('throw', throwing(error)), {
      exitCode: 1,
      out: '',
      err: 'vigie: Cannot listen on port 1\n',
    })
  })

  test('prints the stack of an unknown fault', async () => {
    const { exitCode, err } = await run('throw', throwing(new TypeError('x is undefined')))
    assert.equal(exitCode, 1)
    assert.match(err, /^vigie: TypeError: x is undefined\n {4}at /)
  })

  test('prints the stack when Node says that a call was wrong', async () => {
    const error = Object.assign(new TypeError('x'), { code: 'ERR_INVALID_ARG_TYPE' })
    assert.match((await run('throw', throwing(error))).err, /\n {4}at /)
  })

  test('answers 2 when the command refuses its arguments', async () => {
    const { exitCode, err } = await run('throw', throwing(new UsageError('no check named x')))
    assert.equal(exitCode, 2)
    assert.match(err, /^error: no check named x\n.*--help/)
  })
})
