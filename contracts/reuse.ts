/** How much of a use case is shared: tasks of its own documents, and of the parts that they perform, each part once. */
export interface Reuse {
  readonly own: number;
  readonly shared: number;
  /** Shared tasks among all, from 0 to 100, rounded down to a tenth. */
  readonly percent: number;
  readonly parts: readonly { readonly name: string; readonly version: string; readonly tasks: number }[];
}
