import {
  badCheck,
  badEvent,
  badMetric,
  bytes,
  check,
  count,
  event,
  gauge,
  type DatagramCase,
} from './outcome.ts'

/** Packets of several lines. */
export const packetCases: readonly DatagramCase[] = [
  ['a:1|c\nb:2|g', [count('a', 1), gauge('b', 2)], 'two lines'],
  ['a:1|c\n', count('a', 1), 'a line with its end'],
  ['a:1|c\r\nb:2|c|#x\r\n', [count('a', 1), count('b', 2, { tags: ['x'] })], 'ends of Windows'],
  ['a:1|c\r', count('a', 1), 'half an end at the end'],
  ['a:1|c|#x\r\r\n', count('a', 1, { tags: ['x\r'] }), 'of two returns one belongs to the end'],
  ['a\r:1|c', count('a\r', 1), 'a return within the line'],
  ['\n\n\r\na:1|c\n\n', count('a', 1), 'empty lines'],
  ['\n', [], 'an empty line alone'],
  ['\r\n', [], 'an empty line of Windows'],
  [
    'a:1|c\nbad\nb:2|c',
    [count('a', 1), badMetric('type-missing'), count('b', 2)],
    'a bad line costs itself',
  ],
  [
    '_e{1,1}:a|b\n_sc|c|0\nd:1|c',
    [event('a', 'b'), check('c', 0), count('d', 1)],
    'one of each kind',
  ],
  [
    '_e{9}:x\n_sc|c\nd',
    [badEvent('header-malformed'), badCheck('status-unknown'), badMetric('type-missing')],
    'one bad of each kind',
  ],
  [
    '_e{1,3}:a|b\nc\nd:1|c',
    [badEvent('body-short'), badMetric('type-missing'), count('d', 1)],
    'a line end within a text is the end of the line',
  ],
  [bytes('\0\0\0'), badMetric('type-missing'), 'zero bytes'],
  [
    bytes('\xff\xfe\n\x80|\x80'),
    [badMetric('type-missing'), badMetric('value-missing')],
    'bytes of no meaning',
  ],
  [' ', badMetric('type-missing'), 'a space'],
  [
    'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    [badMetric('type-missing'), badMetric('type-missing')],
    'a client of another protocol',
  ],
  ['a:1|c\n'.repeat(1000), Array.from({ length: 1000 }, () => count('a', 1)), 'a thousand lines'],
]
