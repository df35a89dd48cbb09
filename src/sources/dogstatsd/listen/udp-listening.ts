import { codeOf, ListenError, type UdpPlace } from './listener.ts'
import { isAnyAddress, resolveUdpAddress, type UdpAddress } from './udp-address.ts'

/**
 * Addresses to try, one after the other, until one can be listened on: for all addresses of the machine that of IPv6, which
 * takes what comes by IPv4 too, and without IPv6 that of IPv4.
 * @throws {ListenError} If the name has no address.
 */
export async function listUdpAddresses({ host, port }: UdpPlace): Promise<readonly UdpAddress[]> {
  if (isAnyAddress(host)) {
    return [
      { family: 'ipv6', address: '::', port },
      { family: 'ipv4', address: '0.0.0.0', port },
    ]
  }
  try {
    return [await resolveUdpAddress(host, port)]
  } catch (error) {
    const code = codeOf(error)
    const message = `Cannot listen on UDP ${host}:${port}: the name has no address (${code}); set bind_host to an address of this machine`
    throw new ListenError(code, message, { cause: error })
  }
}

/** Opens the first address that can be. @throws {ListenError} What the last one says, or that the port is taken. */
export async function openFirst<Opened>(
  [address, ...others]: readonly UdpAddress[],
  open: (address: UdpAddress) => Opened | Promise<Opened>,
): Promise<Opened> {
  if (address === undefined) throw new Error('There is no address to listen on')
  try {
    return await open(address)
  } catch (error) {
    // A taken port is no sign of a missing family.
    if (others.length === 0 || codeOf(error) === 'EADDRINUSE') throw error
    return openFirst(others, open)
  }
}

/** What a person is told when the socket cannot be opened. */
export function explainUdpFault(error: unknown, address: string): ListenError {
  const code = codeOf(error)
  const message = `Cannot listen on UDP ${address}: ${reasons[code] ?? code}`
  return new ListenError(code, message, { cause: error })
}

const reasons: Readonly<Record<string, string>> = {
  EADDRINUSE:
    'another process, such as a Datadog Agent, has that port; end it, or set dogstatsd_port to another (0 for no UDP)',
  EACCES: 'this user may not use a port that low; set dogstatsd_port to one above 1023',
  EADDRNOTAVAIL: 'this machine has no such address; set bind_host to one that it has',
}
