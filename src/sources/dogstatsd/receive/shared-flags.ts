const stopPlace = 0
const firstDescriptorPlace = 1

/**
 * What the agent and its worker see at once of each other: whether the worker is to stop, and which descriptors it
 * has made itself, so that they can be closed if it fails.
 */
export class SharedFlags {
  readonly buffer: SharedArrayBuffer
  readonly #values: Int32Array

  constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer
    this.#values = new Int32Array(buffer)
  }

  /** @param maxDescriptors So many descriptors have a place. */
  static create(maxDescriptors: number): SharedFlags {
    const places = firstDescriptorPlace + maxDescriptors
    return new SharedFlags(new SharedArrayBuffer(places * Int32Array.BYTES_PER_ELEMENT))
  }

  get isStopping(): boolean {
    return Atomics.load(this.#values, stopPlace) !== 0
  }

  stop(): void {
    Atomics.store(this.#values, stopPlace, 1)
  }

  /** Notes a descriptor; 0 marks a free place. */
  note(descriptor: number): void {
    const place = this.#values.indexOf(0, firstDescriptorPlace)
    if (place > 0) Atomics.store(this.#values, place, descriptor)
  }

  /** To be called before it is closed: its number may be given away at once. */
  forget(descriptor: number): void {
    const place = this.#values.indexOf(descriptor, firstDescriptorPlace)
    if (place > 0) Atomics.store(this.#values, place, 0)
  }

  /** Descriptors that are noted: they are forgotten. */
  takeDescriptors(): readonly number[] {
    const noted = Array.from(this.#values.subarray(firstDescriptorPlace))
    this.#values.fill(0, firstDescriptorPlace)
    return noted.filter((descriptor) => descriptor !== 0)
  }
}
