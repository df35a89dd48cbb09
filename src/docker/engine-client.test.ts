import assert from 'node:assert/strict'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import { mkdtempDisposableSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { within } from '../../test/agent/environment.ts'
import { parseEndpoint } from './endpoint.ts'
import { createEngineClient, type EngineClient } from './engine-client.ts'

interface OpenEngine extends AsyncDisposable {
  readonly client: EngineClient
  readonly socketPath: string
}

/** An engine that does not tell the versions of its API, so that every path is asked as it is given. */
const unversioned = (): unknown => ({ Version: '1' })

/** A server on a socket in a temporary folder, and a client that knows it. */
async function openEngine(
  answer: RequestListener,
  timeoutMs = 2000,
  version = unversioned,
): Promise<OpenEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-engine-'))
  const socketPath = join(folder, 'docker.sock')
  const server = createServer((request, response) => {
    if (request.url === '/version') response.end(JSON.stringify(version()))
    else answer(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve)
  })
  const client = createEngineClient(parseEndpoint(socketPath, { shouldVerify: false }), timeoutMs)
  return {
    client,
    socketPath,
    async [Symbol.asyncDispose]() {
      client.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const unlimited = new AbortController().signal

describe('createEngineClient().get()', { timeout: 60_000 }, () => {
  test('asks with GET for the path and gives the JSON of the answer', async () => {
    await using engine = await openEngine((request, response) => {
      response.end(JSON.stringify([request.method, request.url, request.headers.host]))
    })
    const answer = await engine.client.get('/containers/json?all=1')
    assert.deepEqual(answer, ['GET', '/containers/json?all=1', 'docker'])
  })

  test('gives nothing for 404', async () => {
    await using engine = await openEngine((_request, response) => {
      response.writeHead(404).end('{"message":"No such container: x"}')
    })
    assert.equal(await engine.client.get('/containers/x/json'), undefined)
  })

  test('tells status, path and text of another refusal', async () => {
    await using engine = await openEngine((_request, response) => {
      response.writeHead(500).end('{"message":"layer is corrupt"}\n')
    })
    await assert.rejects(engine.client.get('/containers/x/json'), {
      code: 'ENGINE_ANSWER',
      message: `The container engine at unix://${engine.socketPath} answered GET /containers/x/json with 500: {"message":"layer is corrupt"}`,
    })
  })

  test('says so when the answer is not JSON', async () => {
    await using engine = await openEngine((_request, response) => {
      response.end('<html>')
    })
    await assert.rejects(engine.client.get('/info'), {
      code: 'ENGINE_ANSWER',
      message: /answered GET \/info with something that is not JSON$/,
    })
  })

  test('stops reading an answer without end', async () => {
    const piece = Buffer.alloc(4 * 1024 * 1024, 32)
    await using engine = await openEngine((_request, response) => {
      const pour = (): void => {
        if (!response.destroyed) response.write(piece, pour)
      }
      pour()
    }, 10_000)
    await assert.rejects(engine.client.get('/info'), {
      code: 'ENGINE_ANSWER',
      message: /answered GET \/info with more than 67108864 bytes$/,
    })
  })

  for (const [when, answer] of [
    ['never answers', () => {}],
    ['begins an answer and never ends it', (_request, response) => response.write('{"Ver')],
  ] as const satisfies readonly [string, RequestListener][]) {
    test(`gives up in time when the engine ${when}`, async () => {
      await using engine = await openEngine(answer, 100)
      const asked = assert.rejects(engine.client.get('/info'), {
        code: 'ENGINE_SILENT',
        message: /has not answered for 0\.1 s; it may be overloaded or stuck$/,
      })
      await within(1000, asked)
    })
  }

  test('gives the question up when it is told to', async () => {
    await using engine = await openEngine(() => {}, 60_000)
    const stop = new AbortController()
    const asked = engine.client.get('/info', stop.signal)
    stop.abort()
    await within(1000, assert.rejects(asked))
  })

  test('says when the connection breaks in the middle of the answer', async () => {
    await using engine = await openEngine((_request, response) => {
      response.write('{"Ver', () => response.destroy())
    })
    await assert.rejects(engine.client.get('/info'), { code: 'ENGINE_REFUSED' })
  })

  test('answers many questions over at most four connections', async () => {
    const sockets = new Set<unknown>()
    await using engine = await openEngine((request, response) => {
      sockets.add(request.socket)
      setImmediate(() => response.end(JSON.stringify(request.url)))
    })
    const paths = Array.from({ length: 30 }, (_one, at) => `/${at}`)
    assert.deepEqual(await Promise.all(paths.map((path) => engine.client.get(path))), paths)
    assert.ok(sockets.size <= 4)
  })

  test('names DOCKER_HOST when there is no socket', async () => {
    const address = 'unix:///nonexistent/docker.sock'
    const client = createEngineClient(parseEndpoint(address, { shouldVerify: false }), 1000)
    await assert.rejects(client.get('/info'), {
      code: 'ENGINE_ABSENT',
      message: `No container engine at ${address}: there is no such socket; start the engine, or set DOCKER_HOST to the address of another engine`,
    })
  })

  test('says when nobody listens', async () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-engine-'))
    const path = join(folder.path, 'docker.sock')
    // As a socket that an engine has left behind: it is there, and refuses.
    writeFileSync(path, '')
    const client = createEngineClient(parseEndpoint(path, { shouldVerify: false }), 1000)
    await assert.rejects(client.get('/info'), {
      code: 'ENGINE_REFUSED',
      message: /^The container engine at unix:.*docker\.sock does not answer: .*ECONNREFUSED/,
    })
  })
})

describe('createEngineClient().ping()', { timeout: 60_000 }, () => {
  test('asks without a version, whatever the answer says', async () => {
    const asked: (string | undefined)[] = []
    await using engine = await openEngine((request, response) => {
      asked.push(request.url)
      response.end('OK')
    })
    await engine.client.ping()
    assert.deepEqual(asked, ['/_ping'])
  })

  test('says when the engine refuses, or is silent', async () => {
    await using refusing = await openEngine((_request, response) => {
      response.writeHead(500).end('{"message":"shutting down"}')
    })
    await assert.rejects(refusing.client.ping(), {
      code: 'ENGINE_ANSWER',
      message: /shutting down/,
    })
    await using silent = await openEngine(() => {}, 50)
    await assert.rejects(silent.client.ping(), { code: 'ENGINE_SILENT' })
  })
})

describe('createEngineClient().openLines()', { timeout: 60_000 }, () => {
  test('gives lines however the stream is cut, without empty ones', async () => {
    const pieces = ['{"a":', '1}\n\n{"b":"', 'é"}\n{"c":3}\n']
    await using engine = await openEngine((_request, response) => {
      const bytes = Buffer.from(pieces.join(''))
      const middle = bytes.indexOf('é') + 1
      response.write(bytes.subarray(0, middle), () => response.write(bytes.subarray(middle)))
    })
    const lines: string[] = []
    const stop = new AbortController()
    for await (const line of await engine.client.openLines('/events', stop.signal)) {
      lines.push(line)
      if (lines.length === 3) stop.abort()
    }
    assert.deepEqual(lines, ['{"a":1}', '{"b":"é"}', '{"c":3}'])
  })

  for (const [how, end] of [
    ['ends', (response) => response.end('{"a":1}\n')],
    ['breaks', (response) => response.write('{"a":1}\n', () => response.destroy())],
  ] as const satisfies readonly [string, (response: ServerResponse) => unknown][]) {
    test(`fails when the engine ${how} the stream`, async () => {
      await using engine = await openEngine((_request, response) => {
        end(response)
      })
      const lines = await engine.client.openLines('/events', unlimited)
      await assert.rejects(Array.fromAsync(lines), {
        code: 'ENGINE_REFUSED',
        message: /closed the stream of events; it may have been stopped$/,
      })
    })
  }

  for (const status of [400, 404]) {
    test(`fails when the engine answers ${status}`, async () => {
      await using engine = await openEngine((_request, response) => {
        response.writeHead(status).end('{"message":"invalid filter"}')
      })
      await assert.rejects(engine.client.openLines('/events', unlimited), {
        code: 'ENGINE_ANSWER',
        message: new RegExp(`GET /events with ${status}: {"message":"invalid filter"}$`),
      })
    })
  }

  test('fails in time when the engine does not begin to answer', async () => {
    await using engine = await openEngine(() => {}, 100)
    const opening = engine.client.openLines('/events', unlimited)
    await within(1000, assert.rejects(opening, { code: 'ENGINE_SILENT' }))
  })

  test('keeps a stream that is silent for longer than a question may be', async () => {
    const { promise: isLater, resolve } = Promise.withResolvers<void>()
    await using engine = await openEngine((_request, response) => {
      response.writeHead(200).flushHeaders()
      void isLater.then(() => response.write('{"a":1}\n'))
    }, 200)
    const lines = await engine.client.openLines('/events', unlimited)
    setTimeout(resolve, 300)
    for await (const line of lines) {
      assert.equal(line, '{"a":1}')
      break
    }
  })

  test('stops reading a line without end', async () => {
    await using engine = await openEngine((_request, response) => {
      response.write('x'.repeat(1_200_000))
    })
    const lines = await engine.client.openLines('/events', unlimited)
    await assert.rejects(Array.fromAsync(lines), {
      code: 'ENGINE_ANSWER',
      message: /with a line of more than 1048576 characters$/,
    })
  })

  test('leaves no fault behind when it is given up before it is read', async () => {
    await using engine = await openEngine((_request, response) => {
      response.writeHead(200).flushHeaders()
    })
    const stop = new AbortController()
    const lines = await engine.client.openLines('/events', stop.signal)
    stop.abort()
    assert.deepEqual(await within(1000, Array.fromAsync(lines)), [])
  })
})

describe('createEngineClient().engine()', { timeout: 60_000 }, () => {
  const speaking = (apiVersion: string, minimum = '1.12'): unknown => {
    return { Version: '20.10.24', ApiVersion: apiVersion, MinAPIVersion: minimum }
  }
  /** Answers with the path, unless it asks for another version than the engine speaks; then as Docker does. */
  const onlyIn = (apiVersion: () => string): RequestListener => {
    return (request, response) => {
      const asked = /^\/v([\d.]+)\//.exec(request.url ?? '')?.[1]
      if (asked === apiVersion()) response.end(JSON.stringify(request.url))
      else {
        const message = `client version ${asked} is too new. Maximum supported API version is ${apiVersion()}`
        response.writeHead(400).end(JSON.stringify({ message }))
      }
    }
  }

  test('is asked in the newest version that both know, and tells which', async () => {
    await using engine = await openEngine(
      onlyIn(() => '1.41'),
      2000,
      () => speaking('1.41'),
    )
    assert.equal(engine.client.engine(), undefined)
    assert.equal(await engine.client.get('/info?a=1'), '/v1.41/info?a=1')
    assert.equal(engine.client.engine()?.apiVersion, '1.41')
  })

  test('opens streams in that version too', async () => {
    await using engine = await openEngine(
      (request, response) => void response.write(`"${request.url}"\n`),
      2000,
      () => speaking('1.30'),
    )
    const stop = new AbortController()
    for await (const line of await engine.client.openLines('/events?since=1', stop.signal)) {
      assert.equal(line, '"/v1.30/events?since=1"')
      stop.abort()
    }
  })

  test('is asked for its version once, not before each question', async () => {
    let asked = 0
    await using engine = await openEngine(
      onlyIn(() => '1.41'),
      2000,
      () => {
        asked += 1
        return speaking('1.41')
      },
    )
    for (let at = 0; at < 5; at += 1) await engine.client.get('/info')
    assert.equal(asked, 1)
  })

  test('was exchanged for an older one between two questions', async () => {
    let api = '1.44'
    await using engine = await openEngine(
      onlyIn(() => api),
      2000,
      () => speaking(api),
    )
    assert.equal(await engine.client.get('/info'), '/v1.44/info')
    api = '1.41'
    assert.equal(await engine.client.get('/info'), '/v1.41/info')
  })

  test('was exchanged for a newer one, which a question for the version shows', async () => {
    let api = '1.41'
    await using engine = await openEngine(
      onlyIn(() => api),
      2000,
      () => speaking(api),
    )
    await engine.client.get('/info')
    api = '1.44'
    await engine.client.get('/version')
    assert.equal(await engine.client.get('/info'), '/v1.44/info')
  })

  test('is refused with a sentence when it is too old, again and again', async () => {
    await using engine = await openEngine(
      () => {},
      2000,
      () => speaking('1.22'),
    )
    for (const path of ['/info', '/version', '/info'])
      await assert.rejects(engine.client.get(path), {
        code: 'ENGINE_VERSION',
        message: /docker\.sock is too old: it speaks the Engine API up to 1\.22/,
      })
  })

  test('is asked anew for its version after it was lost', async () => {
    let mustFail = false
    await using engine = await openEngine(
      (_request, response) => (mustFail ? response.destroy() : response.end('1')),
      2000,
      () => speaking('1.41'),
    )
    await engine.client.get('/info')
    mustFail = true
    await assert.rejects(engine.client.get('/info'), { code: 'ENGINE_REFUSED' })
    assert.equal(engine.client.engine(), undefined)
    mustFail = false
    await engine.client.get('/info')
    assert.equal(engine.client.engine()?.apiVersion, '1.41')
  })
})

describe('createEngineClient().openBytes()', { timeout: 60_000 }, () => {
  test('gives the bytes of the answer until the engine ends it', async () => {
    await using engine = await openEngine((_request, response) => {
      response.write(Buffer.from([1, 0, 0xff]))
      response.end(Buffer.from([2]))
    })
    const bytes = await engine.client.openBytes('/containers/x/logs?follow=1', unlimited)
    assert.ok(bytes)
    const chunks: Uint8Array[] = []
    for await (const chunk of bytes) chunks.push(chunk)
    assert.deepEqual(Buffer.concat(chunks), Buffer.from([1, 0, 0xff, 2]))
  })

  test('gives nothing for a container that is gone', async () => {
    await using engine = await openEngine((_request, response) => {
      response.writeHead(404).end('{"message":"No such container: x"}')
    })
    assert.equal(await engine.client.openBytes('/containers/x/logs', unlimited), undefined)
  })

  test('tells why the engine refuses', async () => {
    await using engine = await openEngine((_request, response) => {
      response.writeHead(501).end('configured logging driver does not support reading')
    })
    await assert.rejects(engine.client.openBytes('/containers/x/logs', unlimited), {
      code: 'ENGINE_ANSWER',
      message: /with 501: configured logging driver does not support reading/,
    })
  })

  test('tells that the engine went away in the middle', async () => {
    await using engine = await openEngine((_request, response) => {
      response.write('x', () => response.destroy())
    })
    const bytes = await engine.client.openBytes('/containers/x/logs', unlimited)
    await assert.rejects(Array.fromAsync(bytes ?? []), { code: 'ENGINE_REFUSED' })
  })

  test('ends when it is told to, in the middle of silence', async () => {
    await using engine = await openEngine((_request, response) => response.flushHeaders())
    const stop = new AbortController()
    const bytes = await engine.client.openBytes('/containers/x/logs', stop.signal)
    const all = Array.fromAsync(bytes ?? [])
    stop.abort()
    assert.deepEqual(await within(1000, all), [])
  })
})
