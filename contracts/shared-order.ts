/**
 * Who changes something of which there is one, such as the documents of a block in a workspace, takes turns with the
 * other processes of the installation.
 */
export interface SharedOrder {
  /**
   * Runs `work` once nobody else has the turn of this name, and while nobody else gets it. `passed` says whether another
   * process may have had it since this one did: what is remembered from then does not hold any more.
   * Raises a StoreUnavailableError when nobody can say whose turn it is.
   */
  take(name: string, work: (passed: boolean) => Promise<void>): Promise<void>;
}
