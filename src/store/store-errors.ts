/** Why a store could not be opened. */
export type StoreOpenCode =
  | 'STORE_NOT_WRITABLE'
  | 'STORE_IN_USE'
  | 'STORE_TOO_NEW'
  | 'STORE_DAMAGED'
  | 'STORE_ENGINE_MISSING'
  | 'STORE_UNREACHABLE'
  | 'STORE_REFUSED'
  | 'STORE_TOO_OLD'
  | 'STORE_NOT_READY'

/** The store cannot be opened. The message is one sentence for people: what was seen and what to do. */
export class StoreOpenError extends Error {
  override readonly name = 'StoreOpenError'
  readonly code: StoreOpenCode

  constructor(code: StoreOpenCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Rows that the engine refused again and again, and which are therefore not stored: the sender may try again. */
export class StoreWriteError extends Error {
  override readonly name = 'StoreWriteError'
  readonly code = 'STORE_WRITE_FAILED'
}

/** The store is closing or closed and takes nothing more. */
export class StoreClosedError extends Error {
  override readonly name = 'StoreClosedError'
  readonly code = 'STORE_CLOSED'
}
