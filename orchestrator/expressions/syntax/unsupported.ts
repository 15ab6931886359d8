/** The fast path does not know this program. It is no fault of the author: the reference evaluator gets it instead. */
export class Unsupported extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Unsupported';
  }
}
