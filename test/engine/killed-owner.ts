// Starts an engine with a running and a paused container, prints where they are and waits to be killed.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPrivateEngine } from './private-engine.ts'

const engine = await startPrivateEngine()
const running = await engine.run({ command: ['sh', '-c', 'while :; do :; done'] })
const paused = await engine.run({ command: ['sleep', '1000000'] })
await engine.tell(paused.id, 'pause')
const daemon = Number(await readFile(join(engine.root, 'docker.pid'), 'utf8'))
process.stdout.write(
  `${JSON.stringify({ root: engine.root, id: running.id, pids: [running.pid, paused.pid, daemon] })}\n`,
)
process.stdin.resume()
