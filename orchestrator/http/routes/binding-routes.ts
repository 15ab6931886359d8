import type { Request, Router } from 'express';
import { z } from 'zod';
import { blockIds } from '../../../contracts/block.js';
import type { JsonObject } from '../../../contracts/json.js';
import { SandboxError } from '../../../contracts/problems.js';
import type { ApiPorts } from '../api-ports.js';
import { parse } from '../parse.js';
import type { BindingPlace } from '../ports/binding-ports.js';
import { addRoute, signedIn, type Asking, type RouteDeps } from '../route.js';

const names = {
  service: z.string().min(1).max(300).optional(),
  operationId: z.string().min(1).max(200).optional(),
};
const wanted = z.looseObject({
  ...names,
  document: z.url({ protocol: /^https?$/ }).optional(),
  force: z.boolean().default(false),
});
const place = z.strictObject(names);

/** What stands behind a block: read, switched and compared while everything runs. */
export function bindingRoutes(router: Router, deps: RouteDeps, ports: ApiPorts): void {
  addRoute(router, deps, 'GET /blocks/:id/binding', async (request, response, { workspace }) => {
    const block = blockIn(request);
    response.json({ block, bindings: await ports.bindings.list(workspace, block) });
  });
  addRoute(router, deps, 'PUT /blocks/:id/binding', async (request, response, asking) => {
    const { at, document, force, binding } = asked(request);
    assertMayUseSecrets(asking, binding);
    const { view, check } = await ports.bindings.set(
      asking.workspace,
      at,
      { binding, document, force },
      signedIn(asking),
    );
    response.json({ block: at.block, ...view, ...(check === undefined ? {} : { check }) });
  });
  addRoute(router, deps, 'DELETE /blocks/:id/binding', async (request, response, asking) => {
    const at = { block: blockIn(request), ...parse(place, request.query, 'The binding') };
    await ports.bindings.remove(asking.workspace, at, signedIn(asking));
    response.status(204).end();
  });
  addRoute(router, deps, 'POST /blocks/:id/binding/check', async (request, response, asking) => {
    const { at, document, binding } = asked(request);
    assertMayUseSecrets(asking, binding);
    response.json(await ports.bindings.check(asking.workspace, at, { binding, document }));
  });
}

function blockIn(request: Request): BindingPlace['block'] {
  return parse(z.enum(blockIds), request.params['id'], 'The building block');
}

/** Where, and what: everything that is not said about where is the binding, which its own room checks. */
function asked(request: Request): {
  readonly at: BindingPlace;
  readonly document: string | undefined;
  readonly force: boolean;
  readonly binding: JsonObject;
} {
  const { service, operationId, document, force, ...binding } = parse(wanted, request.body, 'The binding');
  return {
    at: { block: blockIn(request), service, operationId },
    document,
    force,
    binding: binding as JsonObject,
  };
}

const holders: readonly string[] = ['developer', 'administrator'];

/** A secret could be sent to any host that is allowed: who may not hold secrets may not bind with them. */
function assertMayUseSecrets(asking: Asking, { auth, secretHeaders, tls }: JsonObject): void {
  if (auth === undefined && secretHeaders === undefined && tls === undefined) return;
  if (signedIn(asking).roles.some((role) => holders.includes(role))) return;
  throw new SandboxError('GSB-AUT-002', {
    detail: `A binding with auth, secretHeaders or tls needs one of the roles ${holders.join(', ')}.`,
  });
}
