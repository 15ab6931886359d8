import { lazy, Suspense, type ReactElement } from 'react';
import { Loading } from '../ui/loading.js';
import type { SchemaFormProps } from './schema-form.js';

const Lazy = lazy(() => import('./schema-form.js').then(({ SchemaForm }) => ({ default: SchemaForm })));

/** Forms are fetched when the first one is opened. */
export function LazyForm(props: SchemaFormProps): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <Lazy {...props} />
    </Suspense>
  );
}
