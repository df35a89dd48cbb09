/**
 * Who is at the other end of a Unix socket, as the kernel tells it.
 * @see unix(7), `struct ucred`
 */
export interface Credentials {
  /** 0 when the process cannot be seen from this PID namespace. */
  readonly pid: number
  readonly uid: number
  readonly gid: number
}
