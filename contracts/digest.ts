/** Hashing is handed in: contracts and the core of the orchestrator do no I/O, and `node:crypto` counts as such. */
export interface Digest {
  /** Lower-case hex SHA-256 of the text. */
  sha256(text: string): string;
  /** Lower-case hex HMAC-SHA-256 under this installation's secret: not to be undone by trying out inputs. */
  keyed(text: string): string;
}
