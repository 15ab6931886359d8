import { createHmac, createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { callbackUrl, isCallbackToken, readCallbackPath, workspaceTag } from '../../app/callback-url.js';
import type { Digest } from '../../contracts/digest.js';
import { DEFAULT_WORKSPACE, workspaceIdSchema } from '../../contracts/ids.js';

const digest: Digest = {
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  keyed: (text) => createHmac('sha256', 'key').update(text).digest('hex'),
};
const room = workspaceIdSchema.parse('7lfc6sbbze7qjc2my1ex');
const run = 'run-4f0c2a9be1d37758c601';

describe('callback addresses', () => {
  it.each([DEFAULT_WORKSPACE, room])(
    'say which run of %s is called, in at most 100 characters',
    (workspace) => {
      const url = callbackUrl(digest, 'http://127.0.0.1:4000', workspace, run);
      expect(`${url}/account-registered`.length).toBeLessThanOrEqual(100);
      const read = readCallbackPath(`${new URL(url).pathname}/news`);
      expect(read).toMatchObject({ run, name: 'news' });
      expect(read?.tag).toBe(workspace === room ? workspaceTag(digest, room) : undefined);
      expect(isCallbackToken(digest, workspace, run, read?.token ?? '')).toBe(true);
      expect(
        isCallbackToken(digest, workspace === room ? DEFAULT_WORKSPACE : room, run, read?.token ?? ''),
      ).toBe(false);
    },
  );

  it.each(['/cb', '/cb/a/b', '/cb/a/b/c/d/e', '/cb//b/c', '/api/v1/cases', ''])('are none: %s', (path) =>
    expect(readCallbackPath(path)).toBeUndefined(),
  );
});
