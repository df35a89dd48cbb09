/**
 * What a context has in one interval lies in one row of 64 bytes, a cache line: with many contexts it is fetching rows that
 * takes the time. Four doubles come first, then eight 32-bit integers.
 */
export const rowDoubles = 8
export const rowInts = 16

/** Sum of a count, a histogram, a distribution; value of a gauge; members of a set. */
export const sumAt = 0
/** 0 for a context without a sample. Samples of counts, gauges and sets; weight of those of histograms and distributions. */
export const weightAt = 1
/** Of histograms and distributions. */
export const minAt = 2
export const maxAt = 3
/** When the value of a gauge came: higher is later. */
export const orderAt = 2
/** Doubles that are numbers to be told. */
export const figureDoubles = 4

/** An integer: newest chunk of samples, page of bins or member of a set, + 1; 0 for none. */
export const chainAt = 8
/** An integer: samples of a histogram that are kept one by one; `sketched` once they are bins. */
export const sampleCountAt = 9
export const sketched = -1
/** Integers: pages of bins that were used lately. */
export const recentPagesAt = 10
export const recentPages = 6
