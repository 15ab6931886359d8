/** A consent that holds, as the person would want to see it: to whom it was given, for what, until when. */
export interface HeldConsent {
  readonly consentRecord: string;
  readonly agreement: string;
  readonly purpose: string;
  /** Who asked for it. */
  readonly controller?: string;
  readonly fields: readonly string[];
  readonly grantedAt?: string;
  readonly expiresAt?: string;
}

/** The same, with what it opens. */
export interface PersonConsent extends HeldConsent {
  /** Titles of the services that may be asked under it. */
  readonly services: readonly string[];
  /** Whose workflows ask under it. */
  readonly useCase?: string;
}
