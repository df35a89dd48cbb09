import { retryPauseMs } from './retry-pause.ts'

/** What the loading of a part needs of its surroundings. */
export interface PartSurroundings {
  /** Resolves once the server answers. */
  readonly whenAnswering: () => Promise<void>
  /** Loads the whole page anew, unless that was done a moment ago. Whether it does. */
  readonly renew: () => boolean
}

/** How often a part is asked for again of a server that answers: it may have gone away again in between. */
const mostRetries = 2
const renewPauseMs = 60_000
const renewedPlace = 'vigie.renewed'

/**
 * A part of the page's program, as `load` imports it. While the server does not answer, it is waited for. One that answers and
 * does not have the part runs another version by now: the page is loaded anew, and its address says the rest.
 * @throws What `load` throws, where a page that has just been loaded anew does not get the part either.
 */
export async function loadPart<Part>(
  load: () => Promise<Part>,
  around: PartSurroundings = ownSurroundings,
): Promise<Part> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await load()
    } catch (cause) {
      await around.whenAnswering()
      if (retries < mostRetries) continue
      if (!around.renew()) throw cause
      return await new Promise<never>(() => {})
    }
  }
}

const ownSurroundings: PartSurroundings = { whenAnswering, renew }

async function whenAnswering(): Promise<void> {
  for (let failures = 0; !(await isAnswering()); failures += 1) {
    const pauseMs = retryPauseMs(failures, Math.random)
    await new Promise((resolve) => {
      setTimeout(resolve, pauseMs)
    })
  }
}

/** Nobody has to sign in to ask. */
async function isAnswering(): Promise<boolean> {
  return await fetch('/api/health').then(
    ({ ok }) => ok,
    () => false,
  )
}

function renew(): boolean {
  const nowMs = Date.now()
  try {
    if (nowMs - Number(sessionStorage.getItem(renewedPlace)) < renewPauseMs) return false
    sessionStorage.setItem(renewedPlace, String(nowMs))
  } catch {
    // Where nothing may be kept, nobody would know that it was done already.
    return false
  }
  location.reload()
  return true
}
