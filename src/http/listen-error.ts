/** The server cannot listen; the message says what to do. */
class ListenError extends Error {
  override readonly name = 'ListenError'
  readonly code = 'LISTEN'
}

/** Of a server that other machines could reach and where nobody has to sign in. */
export function tellOpen(host: string, port: number): ListenError {
  return new ListenError(
    `Cannot listen on ${host}:${port}: other machines could reach it, and nobody has to sign in; ` +
      'make an account with "vigie user add NAME --role admin", set vigie.access_token (VIGIE_ACCESS_TOKEN) to a long random text, or listen on 127.0.0.1',
  )
}

/** What the system said to an address, as a sentence that says what to do. */
export function tellListenFault(cause: unknown, address: string): ListenError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  const start = `Cannot listen on ${address}:`
  switch (code) {
    case 'EADDRINUSE':
      return new ListenError(
        `${start} the port is taken; stop the other program or set VIGIE_LISTEN`,
        { cause },
      )
    case 'EACCES':
      return new ListenError(
        `${start} the port needs more rights; set VIGIE_LISTEN to a port above 1023`,
        { cause },
      )
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new ListenError(
        `${start} this machine has no such address; set VIGIE_LISTEN to one it has`,
        { cause },
      )
    default: {
      const seen = cause instanceof Error ? cause.message : String(cause)
      return new ListenError(`${start} ${seen}; set VIGIE_LISTEN to another address`, { cause })
    }
  }
}
