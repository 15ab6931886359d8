import { useMemo, useState } from 'react';
import type { JsonObject } from '../../../contracts/json.js';
import { ApiProblem } from '../api/problem.js';
import { dataOf } from '../model/form-draft.js';
import { complaintsOf, type FieldComplaint } from '../model/form-errors.js';
import type { Field } from '../model/form-fields.js';
import type { DraftInHand } from './use-draft.js';

export interface Sending {
  readonly sending: boolean;
  /** Why the last try failed. */
  readonly problem: unknown;
  /** What the server said about single fields, in the last try. */
  readonly refused: readonly FieldComplaint[];
  readonly send: () => Promise<void>;
}

/** Sends what a form holds, once at a time; the draft is over when it was taken. */
export function useSending(
  fields: readonly Field[],
  inHand: DraftInHand,
  onSubmit: (data: JsonObject) => Promise<void>,
): Sending {
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(undefined);
  const refused = useMemo(
    () => (problem instanceof ApiProblem ? complaintsOf(fields, problem.errors) : []),
    [fields, problem],
  );
  const send = async (): Promise<void> => {
    setSending(true);
    setProblem(undefined);
    try {
      await onSubmit(dataOf(fields, inHand.draft));
      inHand.done();
    } catch (error) {
      setProblem(error);
    } finally {
      setSending(false);
    }
  };
  return { sending, problem, refused, send };
}
