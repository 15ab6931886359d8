import type { ReactElement } from 'react';

const shapes = {
  human: (
    <>
      <circle cx="8" cy="5" r="2.8" />
      <path d="M2.5 14.5a5.5 5.5 0 0 1 11 0" />
    </>
  ),
  waits: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.8" />
    </>
  ),
  switch: <path d="M8 1.8 14.2 8 8 14.2 1.8 8Z" />,
  retried: <path d="M13.5 8a5.5 5.5 0 1 1-1.8-4.1M12.2 1v3.2H9" />,
  run: (
    <>
      <rect x="1.8" y="1.8" width="9" height="9" rx="1.5" />
      <path d="M13.5 5.5v6.5a1.8 1.8 0 0 1-1.8 1.8H5.5" />
    </>
  ),
  ends: (
    <>
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="2.6" fill="currentColor" stroke="none" />
    </>
  ),
} as const;
export type MarkName = keyof typeof shapes;
export const markNames = Object.keys(shapes) as readonly MarkName[];

/** A small sign for what kind of task something is; whoever uses it says it in words too. */
export function Mark({ name }: { readonly name: MarkName }): ReactElement {
  return (
    <svg
      className="diagram-sign"
      viewBox="0 0 16 16"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {shapes[name]}
    </svg>
  );
}
