import { createHash } from 'node:crypto';
import type { OperationAnswer, OperationContext } from '../../kit/block-definition.js';
import { queryText } from '../listing.js';
import { putUpload, type RegistrationState } from '../state.js';
import { uploadedFiles } from '../uploaded-files.js';

/** Registration, uploadFile: stores attachments; the url names them within this block. */
export async function uploadFile(context: OperationContext<RegistrationState>): Promise<OperationAnswer> {
  const { body, headers, query, key, now } = context;
  const file = uploadedFiles(body, headers['content-type'] ?? 'application/json');
  const _id = createHash('sha256').update(`upload ${key}`).digest('hex').slice(0, 32);
  const additionalMetadata = queryText(query, 'additionalMetadata');
  const upload = {
    _id,
    uploaded: now.toISOString(),
    file,
    ...(additionalMetadata === undefined ? {} : { additionalMetadata }),
  };
  const message = `${file.length} ${file.length === 1 ? 'file' : 'files'} stored`;
  return Promise.resolve({
    status: 200,
    rule: 'stored',
    body: { code: 200, type: 'success', message, url: `/documents/${_id}` },
    effects: [putUpload(upload)],
  });
}
