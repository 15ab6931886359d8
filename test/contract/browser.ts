/** As much of a browser as a sign-in needs: it keeps cookies per host and path, follows redirects, sends forms. */
export interface Browser {
  go(address: string, form?: Readonly<Record<string, string>>): Promise<Visit>;
  /** Sends a request without following redirects, with the cookies a browser would send. */
  request(address: string, init?: RequestInit): Promise<Response>;
  cookies(): readonly string[];
  setCookies: string[];
}

export interface Visit {
  readonly url: string;
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
}

interface Kept {
  readonly name: string;
  readonly value: string;
  readonly host: string;
  readonly path: string;
}

export function createBrowser(send: typeof fetch = fetch): Browser {
  let jar: Kept[] = [];

  const browser: Browser = {
    setCookies: [],
    cookies: () => jar.map(({ name }) => name),
    async request(address, init = {}) {
      const { hostname, pathname } = new URL(address);
      const sent = jar
        .filter(({ host, path }) => host === hostname && `${pathname}/`.startsWith(path.replace(/\/?$/, '/')))
        .map(({ name, value }) => `${name}=${value}`)
        .join('; ');
      const headers = new Headers(init.headers);
      if (sent !== '') headers.set('cookie', sent);
      if (!headers.has('accept')) headers.set('accept', 'text/html');
      const response = await send(address, { ...init, headers, redirect: 'manual' });
      for (const line of response.headers.getSetCookie()) {
        browser.setCookies.push(line);
        jar = keep(jar, line, address);
      }
      return response;
    },
    async go(address, form) {
      let url = address;
      let init: RequestInit = form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) };
      for (let hops = 0; hops < 12; hops += 1) {
        const response = await browser.request(url, init);
        const location = response.headers.get('location');
        if (location === null) {
          return { url, status: response.status, html: await response.text(), headers: response.headers };
        }
        url = new URL(location, url).href;
        init = {};
      }
      throw new Error(`too many redirects, last to ${url}`);
    },
  };
  return browser;
}

function keep(jar: readonly Kept[], line: string, address: string): Kept[] {
  const [pair = '', ...attributes] = line.split(/; */);
  const split = pair.indexOf('=');
  const attribute = (wanted: string): string | undefined =>
    attributes.find((text) => text.toLowerCase().startsWith(`${wanted}=`))?.slice(wanted.length + 1);
  const cookie = {
    name: pair.slice(0, split),
    value: pair.slice(split + 1),
    host: new URL(address).hostname,
    path: attribute('path') ?? '/',
  };
  const others = jar.filter(
    ({ name, host, path }) => name !== cookie.name || host !== cookie.host || path !== cookie.path,
  );
  const gone =
    attribute('max-age') === '0' ||
    (attribute('expires') !== undefined && new Date(attribute('expires')!) < new Date());
  return gone ? others : [...others, cookie];
}

/** The first form of a page: where it goes and what its hidden fields say. */
export function formOf(visit: Visit): { readonly action: string; readonly fields: Record<string, string> } {
  const action = /<form[^>]*action="([^"]*)"/.exec(visit.html)?.[1];
  if (action === undefined) throw new Error(`no form at ${visit.url}: ${visit.html.slice(0, 500)}`);
  const fields = [...visit.html.matchAll(/<input[^>]*>/g)].flatMap(([input]) => {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    return /type="hidden"/.test(input) && name !== undefined
      ? [[name, /value="([^"]*)"/.exec(input)?.[1] ?? '']]
      : [];
  });
  return {
    action: new URL(action.replaceAll('&amp;', '&'), visit.url).href,
    fields: Object.fromEntries(fields) as Record<string, string>,
  };
}
