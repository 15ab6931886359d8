import { createHash, createHmac, randomBytes } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { AttestationSigner } from '../contracts/attestation.js';
import type { Attestation, AttestationVerifier } from '../contracts/block.js';
import type { Digest } from '../contracts/digest.js';
import type { DocumentStore } from '../contracts/documents.js';
import { workspaceIdSchema } from '../contracts/ids.js';
import { isJsonObject, type Json } from '../contracts/json.js';

interface SecretDocument {
  readonly _id: string;
  readonly value: string;
}

/** The installation's own secret and what hangs on it. Made once, kept with the data. */
export interface InstallationSecrets {
  readonly digest: Digest;
  readonly attest: AttestationSigner;
  readonly attestations: AttestationVerifier;
}

export async function openSecrets(documents: DocumentStore): Promise<InstallationSecrets> {
  const secrets = documents.collection<SecretDocument>('secrets');
  await secrets.insert({ _id: 'installation', value: randomBytes(32).toString('hex') });
  const secret = (await secrets.get('installation'))?.doc.value ?? '';
  const digest: Digest = {
    sha256: (text) => createHash('sha256').update(text).digest('hex'),
    keyed: (text) => createHmac('sha256', secret).update(text).digest('hex'),
  };
  const key = Buffer.from(digest.keyed('attestations'), 'hex');
  return { digest, attest: createSigner(key), attestations: createVerifier(key) };
}

const ISSUER = 'urn:govstack-sandbox:tasks';

const attestationSchema = z.object({
  workspace: workspaceIdSchema,
  taskId: z.string(),
  subject: z.string(),
  roles: z.array(z.string()),
  person: z.string().optional(),
  capacity: z.enum(['self', 'assisted']),
  evidence: z.string().optional(),
  agreement: z.string().optional(),
  decision: z.string().optional(),
  at: z.string(),
});

/** A citizen acts for themselves; whoever completes a citizen's matter in another role assists, and names evidence. */
function createSigner(key: Uint8Array): AttestationSigner {
  return (task, principal, data, at) => {
    const evidence = textIn(data, 'evidence');
    const decision = textIn(data, 'decision');
    const about = textIn(task.data, 'person');
    const agreement = textIn(task.data, 'agreement');
    const self = task.role === 'citizen';
    const person = self ? principal.person : about;
    return new SignJWT({
      workspace: task.workspace,
      taskId: task.id,
      subject: principal.subject,
      roles: [...principal.roles],
      ...(person === undefined ? {} : { person }),
      capacity: self ? 'self' : 'assisted',
      ...(evidence === undefined ? {} : { evidence }),
      ...(agreement === undefined ? {} : { agreement }),
      ...(decision === undefined ? {} : { decision }),
      at,
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'attestation+jwt' })
      .setIssuer(ISSUER)
      .sign(key);
  };
}

function textIn(value: Json, name: string): string | undefined {
  const found = isJsonObject(value) ? value[name] : undefined;
  return typeof found === 'string' ? found : undefined;
}

function createVerifier(key: Uint8Array): AttestationVerifier {
  return {
    verify: async (jws) => {
      try {
        const { payload } = await jwtVerify(jws, key, { issuer: ISSUER, algorithms: ['HS256'] });
        const attested = attestationSchema.parse(payload);
        return Object.fromEntries(
          Object.entries(attested).filter(([, value]) => value !== undefined),
        ) as unknown as Attestation;
      } catch {
        // Whatever is wrong with it, it proves nothing.
        return undefined;
      }
    },
  };
}
