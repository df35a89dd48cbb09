import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { startVigie, type Ending } from './vigie-process.ts'

const nobody = 65534

/** One sentence on standard error, exit code 1, nothing of the program's inside. */
function assertSentence({ exitCode, output }: Ending, ...said: readonly RegExp[]): void {
  assert.equal(exitCode, 1, output)
  for (const words of said) assert.match(output, words)
  assert.doesNotMatch(output, /\n\s+at |node:internal|Error:/)
  assert.equal(output.trim().split('\n').length, 1, output)
}

describe('vigie up says in one sentence what keeps it from starting', () => {
  test('when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    await using vigie = await startVigie(['up'], { env: { VIGIE_LISTEN: `127.0.0.1:${port}` } })
    assertSentence(await vigie.ended(), new RegExp(`127.0.0.1:${port}`), /taken/, /VIGIE_LISTEN/)
    other.close()
  })

  test('when the data folder cannot be written', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    await chmod(dataDir, 0o755)
    await using vigie = await startVigie(['up'], { dataDir, uid: nobody })
    assertSentence(await vigie.ended(), new RegExp(dataDir), /VIGIE_DATA_DIR/)
    await rm(dataDir, { recursive: true })
  })

  test('when another server uses the data folder', async () => {
    await using first = await startVigie(['server'])
    await first.url()
    await using second = await startVigie(['server'], { dataDir: first.dataDir })
    assertSentence(await second.ended(), new RegExp(String(first.process.pid)), /VIGIE_DATA_DIR/)
  })

  test("when it may not open the engine's socket", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    const dataDir = join(folder, 'data')
    const socketPath = join(folder, 'docker.sock')
    const engine = createServer().listen(socketPath)
    await once(engine, 'listening')
    await chmod(socketPath, 0o600)
    await chmod(folder, 0o777)
    await using vigie = await startVigie(['agent'], {
      dataDir: folder,
      uid: nobody,
      env: {
        DOCKER_HOST: `unix://${socketPath}`,
        VIGIE_DATA_DIR: dataDir,
        VIGIE_SERVER_KEY: '0'.repeat(32),
      },
    })
    assertSentence(await vigie.ended(), new RegExp(socketPath), /docker nobody|DOCKER_HOST/)
    engine.close()
    await chown(folder, 0, 0)
    await rm(folder, { recursive: true })
  })

  test('when the address is open to others and nobody has to sign in', async () => {
    await using vigie = await startVigie(['server'], { env: { VIGIE_LISTEN: '0.0.0.0:0' } })
    const { exitCode, output } = await vigie.ended()
    assert.equal(exitCode, 1)
    assert.match(output, /other machines could reach it, .*VIGIE_ACCESS_TOKEN/)
  })
})
