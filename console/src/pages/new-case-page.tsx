import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import { LazyForm } from '../forms/lazy-form.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { mayOpen } from '../model/acting.js';
import { newKey } from '../model/new-key.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { NotFound } from './not-found-page.js';

/** Opens a case with the form that its kind declares. */
export function NewCasePage({ principal }: { readonly principal: Principal }): ReactElement {
  const { useCase: useCaseId = '', kind = '' } = useParams();
  const { t, list } = useI18n();
  const api = useApi();
  const client = useQueryClient();
  const navigate = useNavigate();
  const texts = useUseCaseTexts(useCaseId);
  // Sent with every try: an answer that got lost does not make a second case.
  const [key] = useState(newKey);
  const { useCase } = texts;
  if (useCase === undefined) return <Loading />;
  const definition = useCase.manifest.cases[kind];
  if (definition === undefined) return <NotFound />;
  const name = texts.kind(kind);
  const schema = definition.form === undefined ? { title: name.text } : useCase.forms[definition.form];
  const open = async (input: unknown): Promise<void> => {
    const opened = await api.post<{ case: Case }>('/api/v1/cases', { useCase: useCaseId, kind, input, key });
    await client.invalidateQueries({ queryKey: ['cases'] });
    await navigate(`/cases/${opened.case.id}`);
  };
  return (
    <Page title={name.text}>
      <h1>{t('cases.new')}</h1>
      {!mayOpen(definition, principal) ? (
        <p className="note">
          {t('new.forbidden', { roles: list(definition.startedBy.map((role) => t(`role.${role}`))) })}
        </p>
      ) : schema === undefined ? (
        <NotFound />
      ) : (
        <div className="card">
          <LazyForm
            id="new"
            schema={schema}
            title={definition.form === undefined ? name : texts.form(definition.form, name.text)}
            {...(definition.form === undefined ? {} : { words: texts.words(definition.form) })}
            draftName={`${principal.subject} ${useCaseId} ${kind}`}
            data={null}
            submitLabel={definition.form === undefined ? t('new.open') : t('new.send')}
            onSubmit={open}
            onCancel={() => void navigate('/cases')}
          />
        </div>
      )}
    </Page>
  );
}
