import type { Draft } from './form-draft.js';

const PREFIX = 'sandbox.draft ';

/** What people have entered and not yet sent, kept by their own browser: per person, place and form. */
export interface SavedDrafts {
  read(name: string): Draft | undefined;
  write(name: string, draft: Draft): void;
  remove(name: string): void;
  /** All drafts of everybody: who signs out leaves nothing behind. */
  clear(): void;
}

/** A storage that is refused or full keeps nothing; forms work without it. */
export function createSavedDrafts(storage: () => Storage): SavedDrafts {
  const attempt = <T>(use: (storage: Storage) => T): T | undefined => {
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
