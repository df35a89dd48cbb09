/** Where packets come in. */
export interface Inlet {
  /** Reads what is there, up to some bound, and hands it on. @returns How many packets it was. */
  readonly receive: () => number
}

/** An inlet whose packets may gather in the kernel for some milliseconds. */
export interface PatientInlet extends Inlet {
  /** Which part of the kernel's queue the packets of the last `receive` took, 0 to 1; 1 also where it has left some. */
  readonly fill: number
}
