/** No entry: what is not there, or has no next. */
export const none = -1

/** One piece of memory for identities; the longest is a sixteenth of it. */
const chunkBytes = 1024 * 1024
/** What is kept of an entry beside its value: six whole numbers, one after the other. */
const fieldsOfEntry = 6
const field = { start: 0, length: 1, headLength: 2, hash: 3, next: 4, successor: 5 } as const
/** What an entry takes beside its identity: fields, two buckets, the reference to its value. */
export const entryBytes = 4 * fieldsOfEntry + 2 * 4 + 8
/** Entries of one bucket: chance makes nine at most among millions. More can only be an attack on the table. */
const maxChain = 16

/** What tells a series from others, and how much of it comes before the first point. */
export interface Identity {
  readonly bytes: Buffer
  readonly length: number
  readonly headLength: number
  readonly hash: number
}

/**
 * Values by bytes that identify them, each with the one that came after it. Entries are numbers, and all that is known of
 * them lies in a few large pieces of memory: a million objects more would be a million more for the garbage collector to look
 * at, each time. It is good for 2 GB.
 */
export class IdentityTable<T> {
  readonly #chunks: Buffer[] = []
  readonly #values: T[] = []
  #fields = new Int32Array(fieldsOfEntry * 1024)
  /** The first entry of each bucket. */
  #buckets = new Int32Array(2048).fill(none)
  /** Where in the newest chunk there is room. */
  #end = chunkBytes
  #identityBytes = 0

  /** What it takes, but for the values. */
  get bytes(): number {
    return this.#identityBytes + entryBytes * this.#values.length
  }

  /** The entry with this identity, or `none`. */
  find(identity: Identity): number {
    const { bytes, length, hash } = identity
    for (let entry = this.#first(hash); entry !== none; entry = this.#get(entry, field.next)) {
      if (this.#get(entry, field.hash) !== hash) continue
      if (this.#get(entry, field.length) !== length) continue
      if (this.#isAt(entry, { bytes, start: 0, length })) return entry
    }
    return none
  }

  /** Adds an entry that is not there yet, without a successor; `none` when its bucket is full. */
  add(identity: Identity, value: T): number {
    if (this.#isBucketFull(identity.hash)) return none
    const entry = this.#values.length
    if ((entry + 1) * 2 > this.#buckets.length) this.#widen()
    this.#values.push(value)
    this.#set(entry, field.start, this.#store(identity))
    this.#set(entry, field.length, identity.length)
    this.#set(entry, field.headLength, identity.headLength)
    this.#set(entry, field.hash, identity.hash)
    this.#set(entry, field.successor, none)
    this.#link(entry)
    return entry
  }

  value(entry: number): T | undefined {
    return this.#values[entry]
  }

  /** The entry that came after this one the last time, or `none`. */
  successor(entry: number): number {
    return this.#get(entry, field.successor)
  }

  follow(entry: number, successor: number): void {
    this.#set(entry, field.successor, successor)
  }

  /** How many bytes from `start` on are the head of the entry's identity; 0 when they are not. */
  matchHead(entry: number, bytes: Buffer, { start, end }: Range): number {
    const length = this.#get(entry, field.headLength)
    if (length === 0 || start + length > end) return 0
    return this.#isAt(entry, { bytes, start, length }) ? length : 0
  }

  /** Whether the bytes are all of the entry's identity behind its head. */
  matchTail(entry: number, bytes: Buffer, { start, end }: Range): boolean {
    const headLength = this.#get(entry, field.headLength)
    if (this.#get(entry, field.length) - headLength !== end - start) return false
    const own = this.#get(entry, field.start)
    const chunk = this.#chunks[Math.floor(own / chunkBytes)]
    if (chunk === undefined) return false
    // A tail is a few bytes; a call into the engine costs more than the loop.
    for (let at = start, n = (own % chunkBytes) + headLength; at < end; at++, n++) {
      if (bytes[at] !== chunk[n]) return false
    }
    return true
  }

  #isAt(entry: number, { bytes, start, length }: Part): boolean {
    const own = this.#get(entry, field.start)
    const at = own % chunkBytes
    const chunk = this.#chunks[Math.floor(own / chunkBytes)]
    return chunk?.compare(bytes, start, start + length, at, at + length) === 0
  }

  /** @returns Where the copy begins, counted over all chunks. */
  #store({ bytes, length }: Identity): number {
    if (this.#end + length > chunkBytes) {
      this.#chunks.push(Buffer.allocUnsafeSlow(chunkBytes))
      this.#end = 0
    }
    bytes.copy(this.#chunks.at(-1) ?? bytes, this.#end, 0, length)
    const start = (this.#chunks.length - 1) * chunkBytes + this.#end
    this.#end += length
    this.#identityBytes += length
    return start
  }

  #isBucketFull(hash: number): boolean {
    let length = 0
    for (let entry = this.#first(hash); entry !== none; entry = this.#get(entry, field.next)) {
      length += 1
    }
    return length >= maxChain
  }

  #widen(): void {
    const fields = new Int32Array(this.#fields.length * 2)
    fields.set(this.#fields)
    this.#fields = fields
    this.#buckets = new Int32Array(this.#buckets.length * 2).fill(none)
    for (let entry = 0; entry < this.#values.length; entry++) this.#link(entry)
  }

  #link(entry: number): void {
    const bucket = this.#bucket(this.#get(entry, field.hash))
    this.#set(entry, field.next, this.#buckets[bucket] ?? none)
    this.#buckets[bucket] = entry
  }

  #first(hash: number): number {
    return this.#buckets[this.#bucket(hash)] ?? none
  }

  /** There are 2 to the power of something of them. */
  #bucket(hash: number): number {
    return hash & (this.#buckets.length - 1)
  }

  #get(entry: number, which: number): number {
    return this.#fields[entry * fieldsOfEntry + which] ?? none
  }

  #set(entry: number, which: number, value: number): void {
    this.#fields[entry * fieldsOfEntry + which] = value
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

interface Part {
  readonly bytes: Buffer
  readonly start: number
  readonly length: number
}
