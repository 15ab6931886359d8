import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SmtpAddress } from './smtp-address.js';

/** What a server refused; 5xx for good, 4xx for now (RFC 5321, 4.2.1). */
export class SmtpRefusal extends Error {
  readonly permanent: boolean;

  constructor(code: number, text: string) {
    super(`${code} ${text}`.slice(0, 300));
    this.name = 'SmtpRefusal';
    this.permanent = code >= 500;
  }
}

export interface Conversation {
  /** Encrypted, or with this machine. */
  readonly confidential: boolean;
  /** Says EHLO, and begins encryption where the server offers it. */
  greet(): Promise<void>;
  /** Sends a command; SmtpRefusal unless the answer has this code, or any of 2xx. */
  say(command: string, code?: number): Promise<readonly string[]>;
  /** The message after DATA. */
  data(message: string): Promise<void>;
  close(): void;
}

interface Reply {
  readonly code: number;
  readonly lines: readonly string[];
}

const LONGEST_REPLY = 64 * 1024;

/** Connects and waits for the server's greeting. Rejects when it does not come in time. */
export async function openConversation(address: SmtpAddress, timeoutMs: number): Promise<Conversation> {
  const { host, port } = address;
  let socket: Socket = address.tls
    ? connectTls({ host, port, ...serverName(host) })
    : connectPlain({ host, port });
  let encrypted = address.tls;
  let replies = readReplies(socket, timeoutMs);

  const expected = async (code?: number): Promise<readonly string[]> => {
    const reply = await replies.next();
    const fits = code === undefined ? reply.code >= 200 && reply.code < 300 : reply.code === code;
    if (!fits) throw new SmtpRefusal(reply.code, reply.lines.join(' '));
    return reply.lines;
  };
  const say = (command: string, code?: number): Promise<readonly string[]> => {
    // A line break in an address would begin another command.
    if (/[\r\n]/.test(command)) return Promise.reject(new SmtpRefusal(553, 'the address has a line break'));
    socket.write(`${command}\r\n`);
    return expected(code);
  };

  await expected(220).catch((error: unknown) => {
    socket.destroy();
    throw error;
  });
  return {
    get confidential() {
      return encrypted || host === 'localhost' || host === '127.0.0.1' || host === '::1';
    },
    say,
    greet: async () => {
      const offers = await say('EHLO govstack-sandbox.invalid');
      if (encrypted || !offers.some((line) => /^STARTTLS\b/i.test(line))) return;
      // On this machine nobody listens in between, and certificates there are made up.
      if (host === 'localhost' || host === '127.0.0.1' || host === '::1') return;
      await say('STARTTLS', 220);
      replies.stop();
      socket = connectTls({ socket, ...serverName(host) });
      replies = readReplies(socket, timeoutMs);
      encrypted = true;
      await say('EHLO govstack-sandbox.invalid');
    },
    data: async (message) => {
      // A dot at the beginning of a line would end the message (RFC 5321, 4.5.2).
      socket.write(`${message.replace(/^\./gm, '..')}\r\n.\r\n`);
      await expected();
    },
    close: () => {
      socket.on('error', () => undefined);
      socket.end('QUIT\r\n');
      socket.destroySoon();
    },
  };
}

function serverName(host: string): { servername?: string } {
  return isIP(host) === 0 ? { servername: host } : {};
}

/** Replies in their order; each has one or several lines, the last of which has a space after its code. */
function readReplies(socket: Socket, timeoutMs: number): { next(): Promise<Reply>; stop(): void } {
  const waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void }[] = [];
  const come: Reply[] = [];
  let text = '';
  let lines: string[] = [];
  let failure: Error | undefined;

  const fail = (error: Error): void => {
    failure ??= error;
    for (const { reject } of waiting.splice(0)) reject(failure);
  };
  const onData = (chunk: Buffer): void => {
    text += chunk.toString('utf8');
    if (text.length > LONGEST_REPLY) socket.destroy(new Error('the answer is too long'));
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      const line = text.slice(0, end).replace(/\r$/, '');
      text = text.slice(end + 1);
      lines.push(line.slice(4));
      if (/^\d{3}-/.test(line)) continue;
      const reply = { code: Number(line.slice(0, 3)), lines };
      lines = [];
      const first = waiting.shift();
      if (first === undefined) come.push(reply);
      else first.resolve(reply);
    }
  };
  const onTimeout = (): void => void socket.destroy(new Error('no answer in time'));
  const onClose = (): void => fail(new Error('the connection was closed'));
  socket.setTimeout(timeoutMs);
  socket.on('data', onData).on('error', fail).on('timeout', onTimeout).on('close', onClose);
  return {
    next: () => {
      const first = come.shift();
      if (first !== undefined) return Promise.resolve(first);
      if (failure !== undefined) return Promise.reject(failure);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    stop: () => {
      socket.off('data', onData).off('error', fail).off('timeout', onTimeout).off('close', onClose);
    },
  };
}
