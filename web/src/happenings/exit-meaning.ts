/** What an exit code tells, beyond its number. */
export type ExitMeaning =
  | { readonly kind: 'success' | 'notExecutable' | 'notFound' }
  | { readonly kind: 'signal'; readonly signal: string; readonly number: number }

/** Numbers of x86 and ARM; others have no name here, for their meaning differs between machines or is seldom met. */
const signals: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  2: 'SIGINT',
  3: 'SIGQUIT',
  4: 'SIGILL',
  5: 'SIGTRAP',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  13: 'SIGPIPE',
  14: 'SIGALRM',
  15: 'SIGTERM',
}
const signalBase = 128

/**
 * What an exit code stands for by convention; `undefined` for one that only its program can explain.
 * @see https://tldp.org/LDP/abs/html/exitcodes.html
 * @see https://man7.org/linux/man-pages/man7/signal.7.html "Signal numbering for standard signals"
 */
export function exitMeaning(code: number): ExitMeaning | undefined {
  if (code === 0) return { kind: 'success' }
  if (code === 126) return { kind: 'notExecutable' }
  if (code === 127) return { kind: 'notFound' }
  const number = code - signalBase
  const signal = signals[number]
  return signal === undefined ? undefined : { kind: 'signal', signal, number }
}
