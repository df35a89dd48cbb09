import { loadKoffi } from './load-koffi.ts'

let trim: (() => void) | undefined

/**
 * Gives memory that the C library has free back to the kernel; does nothing where koffi cannot be loaded.
 * @see malloc_trim(3)
 */
export function giveBackFreed(): void {
  trim ??= bindTrim()
  trim()
}

function bindTrim(): () => void {
  try {
    const mallocTrim = loadKoffi().load(null).func('int malloc_trim(size_t)')
    return () => void mallocTrim(0)
  } catch {
    return () => {}
  }
}
