import { useState } from 'react';
import type { Json } from '../../../contracts/json.js';
import { draftOf, type Draft, type DraftValue } from '../model/form-draft.js';
import type { Field } from '../model/form-fields.js';
import { inWorkspace } from '../model/place.js';
import { createSavedDrafts } from '../model/saved-drafts.js';

export const savedDrafts = createSavedDrafts(() => window.localStorage);

export interface DraftInHand {
  readonly draft: Draft;
  readonly change: (pointer: string, value: DraftValue | undefined) => void;
  /** True when it was begun in an earlier visit. */
  readonly kept: boolean;
  /** Nothing of it is left: it has been sent. */
  readonly done: () => void;
  readonly startOver: () => void;
}

/** A form's draft. With a name it survives a reload; `name` must say whose it is. */
export function useDraft(name: string | undefined, fields: readonly Field[], data: Json): DraftInHand {
  const key = name === undefined ? undefined : `${inWorkspace('/')} ${name}`;
  const [found] = useState(() => (key === undefined ? undefined : savedDrafts.read(key)));
  const [draft, setDraft] = useState<Draft>(() => ({ ...draftOf(fields, data), ...found }));
  const [kept, setKept] = useState(found !== undefined);
  const done = (): void => {
    if (key !== undefined) savedDrafts.remove(key);
  };
  return {
    draft,
    kept,
    done,
    change: (pointer, value) =>
      setDraft((before) => {
        const next = { ...before, [pointer]: value };
        if (key !== undefined) savedDrafts.write(key, next);
        return next;
      }),
    startOver: () => {
      done();
      setKept(false);
      setDraft(draftOf(fields, data));
    },
  };
}
