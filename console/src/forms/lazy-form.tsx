import { lazy, Suspense, type ReactElement } from 'react';
import { Loading } from '../ui/loading.js';
import type { SchemaFormProps } from './schema-form.js';

const Whole = lazy(() => import('./schema-form.js').then(({ SchemaForm }) => ({ default: SchemaForm })));
const OneByOne = lazy(() =>
  import('./question-form.js').then(({ QuestionForm }) => ({ default: QuestionForm })),
);

/** Forms are fetched when the first one is opened. */
export function LazyForm(props: SchemaFormProps): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <Whole {...props} />
    </Suspense>
  );
}

/** The same form, one question per page. */
export function LazyQuestions(props: SchemaFormProps): ReactElement {
  return (
    <Suspense fallback={<Loading />}>
      <OneByOne {...props} />
    </Suspense>
  );
}
