import { roles } from '../../contracts/identity.js';
import { permissions, type Audience, type Permission } from '../../orchestrator/http/permissions.js';
import { code, page, table } from './markdown.js';

/** Each route of the API with who may use it, and why. */
export function permissionsPage(): string {
  const all: readonly (readonly [string, Permission])[] = Object.entries(permissions);
  return page('Permissions', '`orchestrator/http/permissions.ts`', [
    'Below `/api/v1`. What is not in this table is refused. `anybody` needs no session, `signed-in` any role; otherwise one of the named roles is enough. Citizens see their own cases only: what belongs to others is answered like something that does not exist.',
    table(
      ['Route', 'Who', 'Why'],
      all.map(([route, { audience, reason }]) => [code(route), audienceText(audience), reason]),
    ),
    '## Roles',
    `The realm \`govstack\` has the roles ${roles.map(code).join(', ')}.`,
    '## Elsewhere',
    table(
      ['Address', 'Who'],
      [
        [
          code('/blocks/{block}/…'),
          'developer, trainer, administrator; the documents at `openapi.json` and `docs` are for anybody',
        ],
        [
          code('/r1/…'),
          'a member of the mediator by its key, or a developer, trainer or administrator by a bearer token',
        ],
        [
          `${code('/api/docs')}, ${code('/api/openapi.json')}, ${code('/health')}, ${code('/ready')}`,
          'anybody',
        ],
        [
          code('/metrics'),
          'whoever brings the bearer token `SANDBOX_METRICS_TOKEN`; without that variable only this machine, past no proxy',
        ],
      ],
    ),
  ]);
}

function audienceText(audience: Audience): string {
  return typeof audience === 'string' ? audience : audience.join(', ');
}
