/** Why a port cannot be listened on, and what to do. */
export function describeListenFault(error: Error, host: string): string {
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return 'another program listens there already; give it another port'
    case 'EACCES':
      return 'this user may not listen there; give it a port above 1023, or run the agent as root'
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine has no address ${host}; set bind_host to one that it has`
    default:
      return `cannot listen on ${host}: ${error.message}`
  }
}
