import { useMutation } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import type { Principal } from '../../../contracts/identity.js';
import { useApi, usePersonas } from '../api/queries.js';
import type { Persona } from '../api/types.js';
import { savedDrafts } from '../forms/use-draft.js';
import { useI18n } from '../i18n/i18n.js';
import { useNameOf, usePersonaTexts } from '../i18n/persona-texts.js';
import { inWorkspace, rememberWorkspace } from '../model/place.js';
import { Avatar } from './avatar.js';
import { DropDown } from './drop-down.js';
import { PersonaLink } from './persona-link.js';
import { Said } from './said.js';

/** Who one is here; and everybody whom one may be instead, one click away. */
export function PersonaMenu({ principal }: { readonly principal: Principal }): ReactElement {
  const { t, list } = useI18n();
  const name = useNameOf(principal);
  const roles = list(principal.roles.map((role) => t(`role.${role}`)));
  return (
    <DropDown
      name="persona"
      label={
        <>
          <Avatar name={name} />
          <span className="persona-name">
            <span className="visually-hidden">{t('header.you')}: </span>
            <strong dir="auto">{name}</strong>
            <span>{roles}</span>
          </span>
        </>
      }
    >
      <Others present={principal.username} />
      <SignOut />
    </DropDown>
  );
}

function Others({ present }: { readonly present: string }): ReactElement {
  const { t } = useI18n();
  const { data: personas } = usePersonas();
  return (
    <>
      <p className="menu-title" id="persona-switch">
        {t('header.switch')}
      </p>
      <ul className="persona-list" aria-labelledby="persona-switch">
        {(personas ?? [])
          .filter(({ username }) => username !== present)
          .map((persona) => (
            <Other key={persona.id} persona={persona} />
          ))}
      </ul>
    </>
  );
}

function Other({ persona }: { readonly persona: Persona }): ReactElement {
  const texts = usePersonaTexts();
  return (
    <li>
      <PersonaLink className="persona-choice" persona={persona}>
        <Avatar name={persona.name} />
        <span className="persona-choice-text">
          <span>
            <strong>
              <bdi>{persona.name}</bdi>
            </strong>
            <span className="quiet">
              {' · '}
              <Said said={texts.title(persona)} />
            </span>
          </span>
          <span className="persona-line">
            <Said said={texts.story(persona)} />
          </span>
        </span>
      </PersonaLink>
    </li>
  );
}

function SignOut(): ReactElement {
  const { t } = useI18n();
  const api = useApi();
  const signOut = useMutation({
    mutationFn: (everywhere: boolean) => {
      savedDrafts.clear();
      return api.post<{ redirectTo: string }>(everywhere ? '/auth/logout?everywhere' : '/auth/logout');
    },
    onSuccess: ({ redirectTo }) => {
      rememberWorkspace();
      window.location.assign(redirectTo);
    },
    onError: () => window.location.assign(inWorkspace('/')),
  });
  return (
    <p className="buttons menu-end">
      {([false, true] as const).map((everywhere) => (
        <button
          key={String(everywhere)}
          type="button"
          className="button"
          disabled={signOut.isPending}
          onClick={() => signOut.mutate(everywhere)}
        >
          {everywhere ? t('header.signOutEverywhere') : t('header.signOut')}
        </button>
      ))}
    </p>
  );
}
