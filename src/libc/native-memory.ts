import type { Koffi } from './load-koffi.ts'

/** Memory whose address the kernel may be given, since it never moves. It is free once nobody refers to it any more. */
export interface NativeMemory {
  readonly address: number
  readonly bytes: Uint8Array<ArrayBuffer>
  /** The same memory in numbers of 32 bits, as far as it fills whole ones. */
  readonly numbers: Int32Array<ArrayBuffer>
}

/** Pages of it that are never touched cost nothing. `sizeBytes` has to be well above what V8 keeps within its own heap. */
export function allocateMemory(koffi: Koffi, sizeBytes: number): NativeMemory {
  const buffer = new ArrayBuffer(sizeBytes)
  return {
    // Addresses of user space are below 2^47, so that the number is exact.
    address: Number(koffi.address(buffer)),
    bytes: new Uint8Array(buffer),
    numbers: new Int32Array(buffer, 0, sizeBytes >> 2),
  }
}
