import type { Attack } from './attack.js';
import { accessAttacks } from './attacks/access.js';
import { documentAttacks } from './attacks/documents.js';
import { httpAttacks } from './attacks/http.js';
import { injectionAttacks } from './attacks/injection.js';
import { tokenAttacks } from './attacks/tokens.js';

/** Every attack that is tried against a running sandbox. */
export const attacks: readonly Attack[] = [
  ...tokenAttacks,
  ...injectionAttacks,
  ...documentAttacks,
  ...httpAttacks,
  ...accessAttacks,
];
