import type { Router } from 'express';
import type { ApiPorts } from '../api-ports.js';
import { addRoute, signedIn, type RouteDeps } from '../route.js';

/** What reached the signed-in person: messages and money. */
export function ownRoutes(router: Router, deps: RouteDeps, { own }: Pick<ApiPorts, 'own'>): void {
  addRoute(router, deps, 'GET /me/messages', async (_request, response, asking) => {
    response.json({ messages: await own.messages(asking.workspace, signedIn(asking)) });
  });
  addRoute(router, deps, 'GET /me/payments', async (_request, response, asking) => {
    response.json({ payments: await own.payments(asking.workspace, signedIn(asking)) });
  });
}
