import { createRequire } from 'node:module'

/** What is used of koffi. */
export interface Koffi {
  load(path: null): {
    func(definition: string): (...values: readonly unknown[]) => number
  }
  errno(): number
  /** Where the bytes of a buffer lie; they stay there, those of small ones on the heap apart. */
  address(memory: ArrayBuffer): bigint
  readonly node: {
    poll(descriptor: number, callback: () => void): { close(): void; unref(): void }
  }
}

/**
 * koffi is an optional dependency: npm leaves it out where it has no binary for the machine.
 * @throws {Error} If it cannot be loaded, with what Node says about it.
 */
export function loadKoffi(): Koffi {
  const koffi: unknown = createRequire(import.meta.url)('koffi')
  if (!isKoffi(koffi)) throw new Error('this version of koffi has no node.poll')
  return koffi
}

/** `node.poll` is not documented yet: another version may come without it. */
function isKoffi(value: unknown): value is Koffi {
  const { load, node } = Object(value)
  return typeof load === 'function' && typeof Object(node).poll === 'function'
}
