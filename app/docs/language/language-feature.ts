/**
 * One feature of the Open Workflow Specification DSL 1.0.3, or one that this sandbox adds to it. Scenarios of
 * `test/conformance/` prove it: they carry the tag `@feature(<id>)`.
 */
export interface LanguageFeature {
  readonly id: string;
  /** As it is written in a document. */
  readonly name: string;
  /** Why it is refused; supported when absent. */
  readonly refused?: string;
}

export interface LanguageSection {
  readonly title: string;
  readonly features: readonly LanguageFeature[];
}

export const feature = (id: string, name: string): LanguageFeature => ({ id, name });

export const refused = (id: string, name: string, why: string): LanguageFeature => ({
  id,
  name,
  refused: why,
});
