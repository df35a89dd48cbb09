/** Ways to look at the same bytes. */
export interface PacketMemory {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly text: Buffer
}

/** As many kinds of sockets there are, each with memory of its own. */
const keptMemories = 4

/** Looks at memory; what it looked at lately is kept, since most packets come in the same few places. */
export class PacketMemories {
  readonly #kept: PacketMemory[] = []

  of(bytes: Uint8Array): PacketMemory {
    for (const memory of this.#kept) if (memory.bytes === bytes) return memory
    const { buffer, byteOffset, byteLength } = bytes
    const view = new DataView(buffer, byteOffset, byteLength)
    const memory = { bytes, view, text: Buffer.from(buffer, byteOffset, byteLength) }
    if (this.#kept.length === keptMemories) this.#kept.shift()
    this.#kept.push(memory)
    return memory
  }
}
