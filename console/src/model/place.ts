/** Where the console's workspace is: `/w/{id}`, or nothing for the default one at the root. */
function workspacePrefix(pathname: string): string {
  return /^\/w\/[^/]+/.exec(pathname)?.[0] ?? '';
}

const PREFIX = typeof window === 'undefined' ? '' : workspacePrefix(window.location.pathname);

/** A path of the workspace's tree as the browser must ask for it. Sign-in is the same for all workspaces, at the root. */
export function inWorkspace(path: string): string {
  return path.startsWith('/auth/') ? path : `${PREFIX}${path}`;
}

const CAME_FROM = 'sandbox.signed-out-of';

/** Signing out leads over the identity provider to the root; whoever came from a workspace belongs there. */
export function rememberWorkspace(): void {
  if (PREFIX !== '') stored((storage) => storage.setItem(CAME_FROM, PREFIX));
}

/** True when the page leaves for the workspace that the person signed out of. */
export function goneBack(): boolean {
  const before = stored((storage) => storage.getItem(CAME_FROM));
  stored((storage) => storage.removeItem(CAME_FROM));
  if (before === null || before === undefined || window.location.pathname !== '/') return false;
  window.location.replace(`${before}/`);
  return true;
}

/** Browsers may refuse to store anything; then one is at the root, and that is all. */
function stored<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(window.sessionStorage);
  } catch {
    return undefined;
  }
}

/** The workspace of this tree; undefined for the default one. */
export function workspaceHere(): string | undefined {
  return PREFIX === '' ? undefined : PREFIX.slice('/w/'.length);
}
