const LONGEST = 2000;

/**
 * Where to go after sign-in: a path of this very origin, or `/`. Anything that a browser could read as another
 * origin (`//host`, `/\host`, a scheme, control characters) becomes `/`, and so does the sign-in itself.
 */
export function safeReturnPath(wanted: unknown, publicUrl: string): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST || !/^\/(?![/\\])/.test(wanted)) return '/';
  if (/[\\\p{Cc}]/u.test(wanted)) return '/';
  const base = new URL(publicUrl);
  const target = URL.canParse(wanted, base.origin) ? new URL(wanted, base.origin) : undefined;
  if (target?.origin !== base.origin || target.pathname.startsWith('//')) return '/';
  if (target.pathname.startsWith('/auth/')) return '/';
  return target.pathname + target.search + target.hash;
}
