import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { MetricsPage } from '../../contracts/metrics.js';
import { SandboxError } from '../../contracts/problems.js';

/**
 * Who may read the metrics: with SANDBOX_METRICS_TOKEN whoever brings it, from wherever; without it only this machine, and
 * no request that came through a proxy, which might speak for anybody.
 */
function mayReadMetrics(request: IncomingMessage, token: string | undefined): boolean {
  if (token !== undefined) {
    const given = /^Bearer +(\S+) *$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    return timingSafeEqual(fingerprint(given), fingerprint(token));
  }
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some((name) => name in request.headers);
  return !forwarded && /^(?:127\.|::1$|::ffff:127\.)/.test(request.socket.remoteAddress ?? '');
}

const fingerprint = (text: string): Buffer => createHash('sha256').update(text).digest();

export function metricsPage(page: MetricsPage, token: string | undefined): RequestHandler {
  return async (request, response) => {
    if (!mayReadMetrics(request, token))
      throw new SandboxError('GSB-AUT-001', {
        detail: 'Metrics are read on this machine, or with the token that SANDBOX_METRICS_TOKEN names.',
      });
    response.set({ 'Content-Type': page.contentType, 'Cache-Control': 'no-store' });
    response.send(await page.text());
  };
}
