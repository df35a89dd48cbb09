/** Nobody may read a file that is read already: its lines would be there twice, and its pointer would have two masters. */
export class PathClaims {
  readonly #owners = new Map<string, string>()

  /**
   * @returns What ends the claim.
   * @throws {Error} When the path is claimed; the message says for what.
   */
  claim(path: string, owner: string): () => void {
    const other = this.#owners.get(path)
    if (other !== undefined) throw new Error(`${path} is already read: ${other}`)
    this.#owners.set(path, owner)
    return () => this.#owners.delete(path)
  }
}
