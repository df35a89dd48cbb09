import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Settings } from '../../config/settings.ts'
import { openLog } from '../../telemetry/log.ts'
import { askDoor, ControlClientError } from '../control-client.ts'
import { listFixedKeys } from './list-fixed-keys.ts'
import { openDesk, type AccessDesk } from './access-desk.ts'
import { doorName } from './offer-access.ts'

/** A desk, and the way to let go of it. */
export interface BorrowedDesk extends AccessDesk {
  readonly close: () => Promise<void>
}

/**
 * The desk of the server that runs with the data folder of these settings; without one, the data folder itself.
 * @throws {ControlClientError} When the server may not be asked, or does not answer.
 * @throws {StateFileError} When what is in the data folder cannot be read.
 */
export async function borrowDesk(settings: Settings): Promise<BorrowedDesk> {
  const desk = ofServer(settings)
  try {
    await desk.listAudit({ limit: 1 })
    return desk
  } catch (error) {
    if (error instanceof ControlClientError && isNobodyThere(error.cause)) return openHere(settings)
    throw error
  }
}

function isNobodyThere(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}

function ofServer(settings: Settings): BorrowedDesk {
  async function ask<Result>(chore: keyof AccessDesk, given: object): Promise<Result> {
    const body = Buffer.from(JSON.stringify(given))
    const question = { half: 'server', name: doorName(chore), body } as const
    for await (const { result } of askDoor<{ readonly result: Result }>(settings, question)) {
      return result
    }
    throw new ControlClientError('The server ended without an answer; its log may say why')
  }
  return {
    createKey: (given) => ask('createKey', given),
    listKeys: (given) => ask('listKeys', given),
    revokeKey: (given) => ask('revokeKey', given),
    addUser: (given) => ask('addUser', given),
    listUsers: (given) => ask('listUsers', given),
    changeUser: (given) => ask('changeUser', given),
    removeUser: (given) => ask('removeUser', given),
    createToken: (given) => ask('createToken', given),
    listTokens: (given) => ask('listTokens', given),
    revokeToken: (given) => ask('revokeToken', given),
    listAudit: (given) => ask('listAudit', given),
    close: () => Promise.resolve(),
  }
}

async function openHere(settings: Settings): Promise<BorrowedDesk> {
  const { openAccess } = await import('../../access/open-access.ts')
  const { dataDir, access, listen } = settings
  const serverKey = await readFile(join(dataDir, 'api_key'), 'utf8').catch(() => undefined)
  const opened = await openAccess({
    ...access,
    dataDir,
    listenHost: listen.host,
    fixedKeys: listFixedKeys(settings, serverKey?.trim()),
    log: openLog(settings.logLevel, 'cli'),
    isServer: false,
  })
  return { ...openDesk(opened), close: opened.close }
}
