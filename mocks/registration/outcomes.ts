import { magicOf, type MagicTable } from '../kit/magic.js';
import type { StatusCode } from './application.js';

export const documentTable = {
  block: 'registration',
  title: 'Documents of an application',
  where: 'a name in `documentUrls` of a submission. Every other document is accepted.',
  values: [
    {
      match: { ends: 'unreadable.pdf' },
      outcome: 'document-rejected',
      explanation:
        'The document is rejected at once: the file is sent back (SENDBACK) with a task for the applicant.',
    },
    {
      match: { ends: 'forged.pdf' },
      outcome: 'application-rejected',
      explanation: 'The application is rejected at once (REJECTED).',
    },
  ],
} as const satisfies MagicTable;

type DocumentOutcome = (typeof documentTable)['values'][number]['outcome'];

const decisions: Readonly<Record<DocumentOutcome, { readonly code: StatusCode; readonly title: string }>> = {
  'document-rejected': { code: 'SENDBACK', title: 'A document cannot be read: send it again (training)' },
  'application-rejected': { code: 'REJECTED', title: 'A document is not genuine (training)' },
};

/** What the check of documents decides before anybody looks; undefined: nothing. */
export function documentDecision(
  urls: readonly string[],
): { readonly outcome: DocumentOutcome; readonly code: StatusCode; readonly title: string } | undefined {
  for (const url of urls) {
    const found = magicOf<DocumentOutcome>(documentTable, url);
    if (found !== undefined) return { outcome: found.outcome, ...decisions[found.outcome] };
  }
  return undefined;
}
