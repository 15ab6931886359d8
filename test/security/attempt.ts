import { request } from 'node:http';
import { connect } from 'node:net';
import type { Attack } from './attack.js';
import type { World } from './world.js';

export interface Outcome {
  readonly status: number;
  /** Status line, headers and body, in lower case where case means nothing: the head. */
  readonly head: string;
  readonly body: string;
}

/** Tries an attack. Nothing is normalised on the way, as a browser or fetch would. */
export async function attempt(attack: Attack, world: World): Promise<Outcome> {
  const fill = (text: string): string =>
    text.replace(/\{([a-zA-Z]+)\}/g, (whole, name: string) => world.names[name] ?? whole);
  if (attack.raw !== undefined) return overSocket(world.port, fill(attack.raw));
  const body = attack.make?.() ?? bodyOf(attack.body, fill);
  const headers: Record<string, string> = {
    host: `localhost:${world.port}`,
    ...Object.fromEntries(Object.entries(attack.headers ?? {}).map(([name, value]) => [name, fill(value)])),
    ...(await proofOf(attack, world)),
    ...(body === undefined ? {} : { 'content-length': String(body.length) }),
  };
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: world.port,
        method: attack.method ?? 'GET',
        path: fill(attack.path ?? '/'),
        headers,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        const done = (): void => {
          const names = response.rawHeaders.map((text, at) => (at % 2 === 0 ? `${text}: ` : `${text}\n`));
          resolve({
            status: response.statusCode ?? 0,
            head: names.join('').toLowerCase(),
            body: Buffer.concat(chunks).toString('utf8'),
          });
        };
        response.on('end', done);
        response.on('error', done);
      },
    );
    // Whoever is refused while still sending may find the connection closed: then there is an answer already.
    asking.on('error', reject);
    asking.setTimeout(60_000, () => asking.destroy(new Error(`${attack.id}: no answer`)));
    asking.end(body);
  });
}

async function proofOf({ as }: Attack, world: World): Promise<Record<string, string>> {
  if (as === undefined) return {};
  if (as === 'browser') return { cookie: world.cookie };
  return { authorization: `Bearer ${await world.access.tokenOf(as)}` };
}

function bodyOf(body: unknown, fill: (text: string) => string): Buffer | undefined {
  if (body === undefined) return undefined;
  return Buffer.from(fill(typeof body === 'string' ? body : JSON.stringify(body)), 'utf8');
}

function overSocket(port: number, text: string): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text, 'latin1'));
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      // One answer is enough: a connection that was not refused stays open.
      if (heard.includes('\r\n\r\n')) socket.end();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', ...body] = heard.split('\r\n\r\n');
      resolve({
        status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0),
        head: head.toLowerCase(),
        body: body.join('\r\n\r\n'),
      });
    });
  });
}
