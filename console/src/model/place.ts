/** Where the console's workspace is: `/w/{id}`, or nothing for the default one at the root. */
function workspacePrefix(pathname: string): string {
  return /^\/w\/[^/]+/.exec(pathname)?.[0] ?? '';
}

let prefix = typeof window === 'undefined' ? '' : workspacePrefix(window.location.pathname);

/** Draws a page as it is at another address. Drawing does not wait for anything, so nobody else meets that place. */
export function drawnAt<T>(pathname: string, draw: () => T): T {
  const before = prefix;
  prefix = workspacePrefix(pathname);
  try {
    return draw();
  } finally {
    prefix = before;
  }
}

/** The id of the console's workspace, as the API knows it. */
export function workspaceHere(): string {
  return prefix === '' ? 'default' : prefix.slice('/w/'.length);
}

/** A path of the workspace's tree as the browser must ask for it. Sign-in is the same for all workspaces, at the root. */
export function inWorkspace(path: string): string {
  return path.startsWith('/auth/') ? path : `${prefix}${path}`;
}

const CAME_FROM = 'sandbox.signed-out-of';

/** Signing out leads over the identity provider to the root; whoever came from a workspace belongs there. */
export function rememberWorkspace(): void {
  if (prefix !== '') stored((storage) => storage.setItem(CAME_FROM, prefix));
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
