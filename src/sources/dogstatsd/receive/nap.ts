/** A pause has to be worth two more calls of the kernel: it is when so many packets come at a time, or follow that close. */
const fewPackets = 2
/** A pause is to fill a tenth of the queue: the rest is for when more comes, or the machine has others to serve. */
const wantedFill = 0.1
/** Beyond it nothing is left to gather. */
const highFill = 0.5

/**
 * How long to let packets gather before they are read. To be woken for each costs eight times the processor time of reading
 * a queue that has filled, but a queue that is full loses packets.
 */
export class Nap {
  /** Longest pause, a whole number. */
  longestMs = 20
  #lengthMs = 0

  /** Pause that is to come before the next reading; 0: wait for a packet instead. A whole number, as epoll takes it. */
  get lengthMs(): number {
    return this.#lengthMs
  }

  /**
   * Takes in what a reading has found.
   * @param packets How many there were.
   * @param fill Which part of the queue they took, 0 to 1.
   * @param sinceMs How long ago the reading before was over.
   */
  note(packets: number, fill: number, sinceMs: number): void {
    const isRare = packets <= fewPackets && sinceMs >= this.longestMs / 2
    if (isRare || fill > highFill) {
      this.#lengthMs = 0
      return
    }
    const longerMs = Math.max(1, this.#lengthMs * 2)
    const bearableMs = fill > 0 ? (sinceMs * wantedFill) / fill : longerMs
    this.#lengthMs = Math.floor(Math.min(this.longestMs, longerMs, bearableMs))
  }
}
