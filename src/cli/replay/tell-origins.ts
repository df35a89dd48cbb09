import type { Settings } from '../../config/settings.ts'
import { encodeState, type CaptureState } from '../../wire/dogstatsd-capture/capture-state.ts'
import { askDoor } from '../control-client.ts'

/** What the agent answers when it is ready. */
interface ReplayReady {
  readonly isOriginDetected: boolean
}

/**
 * Tells the agent which containers the senders of a capture were in, for as long as `signal` does not abort.
 * @returns Why the packets will have no tags of containers, in one sentence; `undefined` when they will.
 */
export async function tellOrigins(
  settings: Settings,
  state: CaptureState,
  { signal, warn }: { readonly signal: AbortSignal; readonly warn: (sentence: string) => void },
): Promise<string | undefined> {
  const question = { name: 'dogstatsd-replay-state', body: encodeState(state), signal }
  const lines = askDoor<ReplayReady>(settings, question)
  try {
    const { value: ready } = await lines.next()
    // The agent goes on for as long as the question stands open.
    void lines.next().catch((error: unknown) => warn(describe(error)))
    if (ready?.isOriginDetected === true) return undefined
    return 'dogstatsd_origin_detection is off in the agent'
  } catch (error) {
    return describe(error)
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
