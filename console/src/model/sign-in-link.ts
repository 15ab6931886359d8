import type { Principal } from '../../../contracts/identity.js';
import { mayOperate } from './acting.js';

type Roles = Pick<Principal, 'roles'>;

/** Nobody but a citizen: they see the service, not the office. */
export function isOnlyCitizen({ roles }: Roles): boolean {
  return roles.length > 0 && roles.every((role) => role === 'citizen');
}

/** The page on which somebody begins: citizens at their own matters, officers at their inbox. */
export function homeOf(who: Roles): string {
  if (isOnlyCitizen(who)) return '/my';
  return mayOperate(who) ? '/cases' : '/tasks';
}

/** Leads through the sign-in and back to a path of this origin; with a persona it needs no further choice where none is needed. */
export function signInLink(persona: string, language: string, returnTo: string): string {
  const query = new URLSearchParams({ returnTo, lang: language, persona });
  return `/auth/login?${query.toString()}`;
}
