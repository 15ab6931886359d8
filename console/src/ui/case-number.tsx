import type { ReactElement } from 'react';

/** The number by which people know a case: never broken at one of its dashes, left to right wherever it stands. */
export function CaseNumber({ children }: { readonly children: string | undefined }): ReactElement {
  return <bdi className="case-number">{children}</bdi>;
}
