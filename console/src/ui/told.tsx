import type { ReactElement } from 'react';
import type { RunError } from '../../../contracts/run-event.js';
import { useI18n } from '../i18n/i18n.js';
import { Said } from './said.js';

/** What the server says, in the reader's language; in English where nobody translated it. */
export function Told({ text }: { readonly text: string }): ReactElement {
  return <Said said={useI18n().told(text)} />;
}

/** What went wrong in a run, and why. */
export function ToldError({
  error: { title, detail },
}: {
  readonly error: Pick<RunError, 'title' | 'detail'>;
}): ReactElement {
  return (
    <>
      <Told text={title} />
      {detail === undefined ? null : (
        <>
          {' – '}
          <Told text={detail} />
        </>
      )}
    </>
  );
}
