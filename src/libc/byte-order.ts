/** Whether this machine puts the low byte of a number first, as the kernel's structures then do. */
export const isLittleEndian: boolean = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
