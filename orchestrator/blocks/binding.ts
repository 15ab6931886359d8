import { z } from 'zod';
import { SandboxError } from '../../contracts/problems.js';
import { secretNameSchema } from '../../contracts/secrets.js';

const headerName = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'a header name');
const headerValue = z.string().regex(/^[\t\x20-\x7e]*$/, 'printable ASCII');
const pathTemplate = z
  .string()
  .max(300)
  .regex(/^\/[^?#\s]*$/, 'a path such as /data/{registry}/read');

/** How the sandbox proves itself. The secret's value is what the policy of a workflow would hold; never the binding. */
const authSchema = z.strictObject({
  scheme: z.enum(['basic', 'bearer', 'oauth2']),
  /** Name of a secret of the workspace: `{username, password}`, a token, or OAuth 2.0 properties. */
  secret: secretNameSchema,
});

const tlsSchema = z.strictObject({
  /** Names of secrets in PEM: who is trusted instead of the public authorities; the client's certificate and its key. */
  ca: secretNameSchema.optional(),
  certificate: secretNameSchema.optional(),
  key: secretNameSchema.optional(),
  /** Anybody in between can then read and change everything. The name is long so that nobody sets it by accident. */
  insecurelyAcceptAnyCertificate: z.literal(true).optional(),
});

const realSystem = {
  /** Root of the block's API; its OpenAPI paths are appended. */
  baseUrl: z.string().max(500),
  timeoutMs: z.int().min(1).max(600_000).optional(),
  /** Sent with every request, over the caller's. Shown to whoever reads the binding. */
  headers: z.record(headerName, headerValue).optional(),
  /** The same with the name of a secret for a value: keys of an API, the key of a mediator's member. */
  secretHeaders: z.record(headerName, secretNameSchema).optional(),
  /** From the caller's name to the system's, before `headers` are set. */
  renameHeaders: z.record(headerName, headerName).optional(),
  removeHeaders: z.array(headerName).max(50).optional(),
  auth: authSchema.optional(),
  tls: tlsSchema.optional(),
  /** The first whose template fits counts; `{name}` stands for one part of a path. */
  rewrite: z
    .array(z.strictObject({ from: pathTemplate, to: pathTemplate }))
    .max(50)
    .optional(),
  /** The system speaks the older paths of the block's document. */
  dialect: z.literal('older').optional(),
};

const bindingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mock') }),
  z.strictObject({ kind: z.literal('real'), ...realSystem }),
  /** The real system first; the mock where that cannot have had an effect. */
  z.strictObject({ kind: z.literal('spy'), ...realSystem }),
]);

/** What stands behind a block, a service or one of its operations in a workspace: the mock, or somebody's real system. */
export type Binding = z.infer<typeof bindingSchema>;
/** What is needed to send to a real system; a spy has the same. */
export type RealBinding = Extract<Binding, { kind: 'real' | 'spy' }>;

export const MOCK: Binding = { kind: 'mock' };

/** Checks a binding from outside. Raises GSB-REQ-001 naming the field. */
export function parseBinding(value: unknown): Binding {
  const parsed = bindingSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field =
      issue === undefined || issue.path.length === 0 ? 'binding' : issue.path.map(String).join('.');
    throw invalidBinding(field, issue?.message ?? 'is not valid');
  }
  const binding = parsed.data;
  if (binding.kind === 'mock') return binding;
  for (const name of Object.keys(binding.headers ?? {}))
    if (holdsCredentials(name))
      throw invalidBinding(
        `headers.${name}`,
        'holds credentials, and bindings are shown; keep it as a secret and name that in secretHeaders or auth',
      );
  checkRewrites(binding);
  if ((binding.tls?.certificate === undefined) !== (binding.tls?.key === undefined))
    throw invalidBinding('tls', 'needs certificate and key together');
  return { ...binding, baseUrl: checkedUrl(binding.baseUrl) };
}

/** For lists and the message log, such as `spy https://pay.example/api`. */
export function describeBinding(binding: Binding): string {
  return binding.kind === 'mock' ? 'mock' : `${binding.kind} ${binding.baseUrl}`;
}

export function invalidBinding(field: string, message: string): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: `binding: ${field} ${message}`,
    extensions: { errors: [{ pointer: `/${field.replaceAll('.', '/')}`, message }] },
  });
}

function holdsCredentials(name: string): boolean {
  return /^(proxy-)?authorization$|^cookie$|(api-?key|member-key|token|secret|password)$/i.test(name);
}

function checkRewrites({ rewrite = [] }: RealBinding): void {
  for (const [index, { from, to }] of rewrite.entries()) {
    const known = namesIn(from);
    const unknown = namesIn(to).find((name) => !known.includes(name));
    if (unknown !== undefined)
      throw invalidBinding(`rewrite.${index}.to`, `has {${unknown}}, which from does not have`);
    if (to.split('/').some((part) => part === '..' || part === '.'))
      throw invalidBinding(`rewrite.${index}.to`, 'must not have dot segments');
  }
}

function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
}

function checkedUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalidBinding('baseUrl', 'must be an address such as https://payments.example/api');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalidBinding('baseUrl', 'must begin with http:// or https://');
  // It is shown and recorded with every exchange, so it must hold no secret.
  if (url.username !== '' || url.password !== '')
    throw invalidBinding('baseUrl', 'must not hold credentials; use auth');
  if (url.search !== '' || url.hash !== '')
    throw invalidBinding('baseUrl', 'must have neither query nor fragment');
  return url.href.replace(/\/+$/, '');
}
