import { z } from 'zod';
import { SandboxError } from '../../contracts/problems.js';

/** What stands behind a block or a single service in a workspace: the mock, or somebody's real system. */
const headerName = z.string().regex(/^[A-Za-z0-9-]{1,100}$/, 'a header name');

const bindingSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('mock') }),
  z.strictObject({
    kind: z.literal('real'),
    /** Root of the block's API; its OpenAPI paths are appended. */
    baseUrl: z.string().max(500),
    /** Sent with every request, over the caller's. */
    headers: z.record(headerName, z.string().regex(/^[\t\x20-\x7e]*$/, 'printable ASCII')).optional(),
    timeoutMs: z.int().min(1).max(600_000).optional(),
  }),
]);

export type Binding = z.infer<typeof bindingSchema>;
export type RealBinding = Extract<Binding, { kind: 'real' }>;

/** Checks a binding from outside. Raises GSB-REQ-001 naming the field. */
export function parseBinding(value: unknown): Binding {
  const parsed = bindingSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const field =
      issue === undefined || issue.path.length === 0 ? 'binding' : issue.path.map(String).join('.');
    throw invalid(field, issue?.message ?? 'is not valid');
  }
  return parsed.data.kind === 'real'
    ? { ...parsed.data, baseUrl: checkedUrl(parsed.data.baseUrl) }
    : parsed.data;
}

function checkedUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw invalid('baseUrl', 'must be an address such as https://payments.example/api');
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    throw invalid('baseUrl', 'must begin with http:// or https://');
  // It is shown and recorded with every exchange, so it must hold no secret.
  if (url.username !== '' || url.password !== '')
    throw invalid('baseUrl', 'must not hold credentials; use headers');
  if (url.search !== '' || url.hash !== '') throw invalid('baseUrl', 'must have neither query nor fragment');
  return url.href.replace(/\/+$/, '');
}

function invalid(field: string, message: string): SandboxError {
  return new SandboxError('GSB-REQ-001', {
    detail: `binding: ${field} ${message}`,
    extensions: { errors: [{ pointer: `/${field.replaceAll('.', '/')}`, message }] },
  });
}
