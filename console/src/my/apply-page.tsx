import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Case } from '../../../contracts/case.js';
import type { Principal } from '../../../contracts/identity.js';
import { useApi } from '../api/queries.js';
import { LazyQuestions } from '../forms/lazy-form.js';
import { useI18n } from '../i18n/i18n.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';
import { mayOpen } from '../model/acting.js';
import { newKey } from '../model/new-key.js';
import { NotFound } from '../pages/not-found-page.js';
import { Loading } from '../ui/loading.js';
import { Page } from '../ui/page.js';
import { BackLink } from './back-link.js';

/** A citizen asks for something: the form of that kind of case, one question per page. */
export function ApplyPage({ principal }: { readonly principal: Principal }): ReactElement {
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
  const name = texts.kind(kind);
  const form = definition?.form;
  const schema = form === undefined ? { title: name.text } : useCase.forms[form];
  return (
    <Page title={name.text}>
      <BackLink />
      {definition === undefined || schema === undefined ? (
        <NotFound />
      ) : !mayOpen(definition, principal) ? (
        <p className="note">
          {t('new.forbidden', { roles: list(definition.startedBy.map((role) => t(`role.${role}`))) })}
        </p>
      ) : (
        <LazyQuestions
          id="apply"
          schema={schema}
          title={form === undefined ? name : texts.form(form, name.text)}
          {...(form === undefined ? {} : { words: texts.words(form) })}
          data={null}
          draftName={`${principal.subject} ${useCaseId} ${kind}`}
          submitLabel={form === undefined ? t('new.open') : t('new.send')}
          onSubmit={async (input) => {
            const body = { useCase: useCaseId, kind, input, key };
            const opened = await api.post<{ case: Case }>('/api/v1/cases', body);
            await client.invalidateQueries({ queryKey: ['own'] });
            await navigate(`/my/cases/${opened.case.id}`, { replace: true });
          }}
        />
      )}
    </Page>
  );
}
