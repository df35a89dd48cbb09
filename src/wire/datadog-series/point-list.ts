/** Points as columns that grow: the n-th of each belong together. */
export class PointList<T> {
  /** Undefined for a series that is not to be kept. */
  readonly series: (T | undefined)[] = []
  /** Unix seconds. */
  timesS = new Float64Array(1024)
  values = new Float64Array(1024)
  length = 0

  add(timeS: number, value: number): void {
    if (this.length === this.values.length) {
      this.timesS = doubled(this.timesS)
      this.values = doubled(this.values)
    }
    this.timesS[this.length] = timeS
    this.values[this.length] = value
    this.length++
  }

  /** Says whose the points from the n-th on are. */
  setSeries(first: number, series: T | undefined): void {
    for (let n = first; n < this.length; n++) this.series.push(series)
  }
}

/** The same memory, made longer: one that is left behind would be garbage. */
function doubled(column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  return new Float64Array(column.buffer.transfer(column.byteLength * 2))
}
