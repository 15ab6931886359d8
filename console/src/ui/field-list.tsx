import type { ReactElement } from 'react';
import type { Said as SaidText } from '../model/texts.js';
import { Said } from './said.js';

/** Several short words of data after one term of a description list. */
export function FieldList({
  term,
  words,
}: {
  readonly term: string;
  readonly words: readonly SaidText[];
}): ReactElement {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="field-list">
        {words.map((word) => (
          <span key={word.text}>
            <Said said={word} />
          </span>
        ))}
      </dd>
    </div>
  );
}
