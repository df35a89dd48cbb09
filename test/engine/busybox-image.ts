import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Engine } from './engine.ts'

const script = fileURLToPath(new URL('busybox-image.sh', import.meta.url))

/**
 * Gives the engine the image `busybox:latest`, made from this machine's busybox-static, unless it has one.
 * @throws {Error} If the image could not be made or the engine would not take it.
 */
export async function ensureBusybox(engine: Engine): Promise<void> {
  const filters = encodeURIComponent(JSON.stringify({ reference: ['busybox:latest'] }))
  const images = await engine.request({ method: 'GET', path: `/images/json?filters=${filters}` })
  if (Array.isArray(images) && images.length > 0) return

  const tar = spawn('sh', [script], { stdio: ['ignore', 'pipe', 'inherit'] })
  const changes = encodeURIComponent('CMD ["sh"]')
  const path = `/images/create?fromSrc=-&repo=busybox&tag=latest&changes=${changes}`
  const answer = JSON.stringify(await engine.request({ method: 'POST', path, body: tar.stdout }))
  // The status is 200 before the tar is read; what went wrong with it stands in the body.
  if (answer.includes('error')) throw new Error(`Cannot import the image busybox: ${answer}`)
}
