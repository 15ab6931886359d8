import { afterEach, describe, expect, it } from '@jest/globals';
import { outboundFor, type Opened } from './outbound-for-callbacks.js';
import { closeServers, json, serve } from '../orchestrator/blocks/outbound/local-server.js';

const opened: Opened[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
  await closeServers();
});
const sendWith = (hosts: string): Opened['sendCallback'] => {
  const one = outboundFor(hosts);
  opened.push(one);
  return one.sendCallback;
};

describe('callbacks to other systems', () => {
  it('go nowhere unless told, and say how to open the way', async () => {
    const receiver = await serve((_request, response) => json(response, 200, {}));
    const send = sendWith('');
    await expect(send(`${receiver.origin}/cb`, 'POST', {}, '{}')).rejects.toThrow(
      /not allowed. Add it to SANDBOX_OUTBOUND_HOSTS/,
    );
    expect(receiver.received).toHaveLength(0);
  });

  it('reach a host that is named, with the body as it was signed, and tell its status', async () => {
    const receiver = await serve((_request, response) => json(response, 410, {}));
    const send = sendWith(`127.0.0.1:${receiver.port}`);
    expect(await send(`${receiver.origin}/cb?a=1`, 'PUT', { 'x-sandbox-signature': 's' }, '{"a": 1}')).toBe(
      410,
    );
    const [got] = receiver.received;
    expect(got).toMatchObject({ method: 'PUT', path: '/cb?a=1' });
    expect(got?.body.toString()).toBe('{"a": 1}');
    expect(got?.headers['x-sandbox-signature']).toBe('s');
  });

  it('do not follow a redirect to where callbacks may not go', async () => {
    const inside = await serve((_request, response) => json(response, 200, {}));
    const receiver = await serve((_request, response) => {
      response.writeHead(307, { location: inside.origin });
      response.end();
    });
    expect(await sendWith(`127.0.0.1:${receiver.port}`)(receiver.origin, 'POST', {}, '{}')).toBe(307);
    expect(inside.received).toHaveLength(0);
  });

  it.each([
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://2852039166/',
    'http://0251.0376.0251.0376/',
    'http://0x7f000001/',
    'http://127.1/',
    'http://[::1]/',
    'http://10.0.0.1/',
    'http://localhost.:80/',
    'http://user:secret@public.example/',
    'file:///etc/passwd',
    'gopher://public.example/',
    'no address',
  ])('never reach %s, also where every public host is open', async (url) => {
    await expect(sendWith('*')(url, 'POST', {}, '{}')).rejects.toThrow();
  });
});
