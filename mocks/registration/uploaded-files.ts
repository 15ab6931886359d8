import { isJsonObject, type Json } from '../../contracts/json.js';
import { SandboxError } from '../../contracts/problems.js';
import { parseMultipart } from './multipart.js';

const MOST_FILES = 5;
const LARGEST_FILE = 256 * 1024;
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/**
 * The uploaded files, each as base64, of a JSON body or a multipart form. Raises GSB-REQ-001 when there are none,
 * too many or unreadable ones, GSB-REQ-004 when one is too large.
 */
export function uploadedFiles(body: Json | undefined, contentType: string): readonly string[] {
  const files = typeof body === 'string' ? filesOfForm(body, contentType) : filesOfJson(body);
  if (files.length === 0) return invalid('holds no file');
  if (files.length > MOST_FILES)
    return invalid(`holds ${files.length} files; send up to ${MOST_FILES} at once`);
  return files.map((file, index) => {
    if (!BASE64.test(file) || file.length % 4 !== 0) return invalid(`/${index} is not base64`);
    if (Buffer.byteLength(file, 'base64') <= LARGEST_FILE) return file;
    throw new SandboxError('GSB-REQ-004', {
      detail: `/body/file/${index} may have up to ${LARGEST_FILE} bytes`,
    });
  });
}

function filesOfJson(body: Json | undefined): readonly string[] {
  const file = isJsonObject(body) ? body.file : undefined;
  const list = Array.isArray(file) ? (file as readonly Json[]) : [];
  return list.filter((entry) => typeof entry === 'string').map((entry) => entry.replace(/\s/g, ''));
}

function filesOfForm(body: string, contentType: string): readonly string[] {
  const parts = parseMultipart(body, contentType);
  if (!parts) return invalid('is a multipart form without boundary');
  return parts
    .filter(({ name }) => name === 'file' || name === 'file[]')
    .map(({ text, base64 }) => {
      if (base64) return text.replace(/\s/g, '');
      // The sign that stands for bytes that were no text.
      if (text.includes('\uFFFD')) return invalid('holds bytes that are no text; encode the file as base64');
      return Buffer.from(text).toString('base64');
    });
}

function invalid(message: string): never {
  throw new SandboxError('GSB-REQ-001', { detail: `/body/file ${message}` });
}
