/** What the scanner found in each message: so many integers. */
export const recordInts = 16
/** Where they are in a record. */
export const recordAt = {
  /** Where the message begins and ends in the packet's memory, without its line end. */
  from: 0,
  to: 1,
  /** Its key, in `keys`: all of it but values, rate and time. */
  key: 2,
  words: 3,
  hash: 4,
  /** Of `typeLetters`; anything else where there is no such type. */
  type: 5,
  /** Its values, in `values`, and how many they are; one for a set. */
  value: 6,
  length: 7,
  /** Where its values lie in the packet's memory, as they came. */
  rawFrom: 8,
  rawTo: 9,
  /** Not 0 if there is a rate above 0 and up to 1, which is behind the values. */
  hasRate: 10,
  /** Not 0 if there is a time, Unix seconds, which is behind the values and the rate. */
  hasTime: 11,
} as const
