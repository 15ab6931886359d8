import type { Draft } from './form-draft.js';

const PREFIX = 'sandbox.draft ';

/** As much of the browser's storage as is needed. */
export interface PlaceToKeep {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

/** What people have entered and not yet sent, kept by their own browser: per person, place and form. */
export interface SavedDrafts {
  read(name: string): Draft | undefined;
  write(name: string, draft: Draft): void;
  remove(name: string): void;
  /** All drafts of everybody: who signs out leaves nothing behind. */
  clear(): void;
}

/** A storage that is refused or full keeps nothing; forms work without it. */
export function createSavedDrafts(storage: () => PlaceToKeep): SavedDrafts {
  const attempt = <T>(use: (storage: PlaceToKeep) => T): T | undefined => {
    try {
      return use(storage());
    } catch {
      return undefined;
    }
  };
  return {
    read: (name) =>
      attempt((kept) => {
        const text = kept.getItem(PREFIX + name);
        return text === null ? undefined : (JSON.parse(text) as Draft);
      }),
    write: (name, draft) => attempt((kept) => kept.setItem(PREFIX + name, JSON.stringify(draft))),
    remove: (name) => attempt((kept) => kept.removeItem(PREFIX + name)),
    clear: () =>
      attempt((kept) => {
        const names = Array.from({ length: kept.length }, (_, index) => kept.key(index));
        for (const name of names) if (name?.startsWith(PREFIX) === true) kept.removeItem(name);
      }),
  };
}
