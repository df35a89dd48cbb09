import type { Access } from '../../access/open-access.ts'
import { ControlError, type Control } from '../../component/control.ts'
import { openDesk } from './access-desk.ts'

/** How a chore of the desk is called at the door. */
export function doorName(chore: string): string {
  return `access-${chore.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

/** Offers to commands what they do with who is let in, so that it counts at once: the server has it in memory. */
export function offerAccess(control: Control, access: Access): void {
  control.offer('access-pass', async function* () {
    yield { pass: access.localPass }
  })
  for (const [chore, run] of Object.entries(openDesk(access))) {
    control.offer(doorName(chore), async function* ({ body }) {
      const given: unknown = JSON.parse(await readText(body))
      try {
        // The asker is of the same version, and may open the data folder as well.
        const result: unknown = await run(given)
        yield { result }
      } catch (error) {
        throw error instanceof Error && 'code' in error ? new ControlError(error.message) : error
      }
    })
  }
}

async function readText(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}
