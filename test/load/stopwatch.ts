import type { BrowserContext, Page } from 'playwright-core';

/** What a page shows when it has answered: an element that can be seen, on a page whose path ends as told. */
export interface Answer {
  readonly shows: string;
  /** A regular expression for the path. */
  readonly at?: string;
}

export interface Timed {
  readonly kind: string;
  readonly milliseconds: number;
}

/** Times one person's browser by the clock of its pages: from the click itself to the frame that shows the answer. */
export interface Stopwatch {
  /** `click` must click once. Throws when the answer does not come within the page's time. */
  click(kind: string, click: () => Promise<void>, answer: Answer): Promise<void>;
  /** Something that comes by itself, such as the next task of a case, from now on. */
  wait(kind: string, answer: Answer): Promise<void>;
  readonly clicks: readonly Timed[];
  readonly waits: readonly Timed[];
}

/** Kept in the tab, because an answer may be another document. */
const CLICKED = 'load.clicked';
const WANTED = 'load.wanted';
const TOOK = 'load.took';

/**
 * Notes when the click came, and in how many milliseconds the wanted answer stood in a frame. It looks after changes of
 * the page only: twenty pages that look at every frame would keep two processors busy by themselves.
 */
const watch = `if (location.protocol.startsWith("http")) {
  const now = () => performance.timeOrigin + performance.now();
  const look = () => {
    const [clicked, wanted] = [sessionStorage.getItem('${CLICKED}'), sessionStorage.getItem('${WANTED}')];
    if (clicked === null || wanted === null || sessionStorage.getItem('${TOOK}') !== null) return;
    const { shows, at } = JSON.parse(wanted);
    if (at !== undefined && !new RegExp(at).test(location.pathname)) return;
    const there = [...document.querySelectorAll(shows)].some((one) => one.getClientRects().length > 0);
    if (there) sessionStorage.setItem('${TOOK}', String(now() - Number(clicked)));
  };
  let looking = false;
  const lookAtNextFrame = () => {
    if (looking) return;
    looking = true;
    requestAnimationFrame(() => { looking = false; look(); });
  };
  addEventListener('click', ({ timeStamp }) => {
    if (sessionStorage.getItem('${CLICKED}') === null)
      sessionStorage.setItem('${CLICKED}', String(performance.timeOrigin + timeStamp));
  }, true);
  new MutationObserver(lookAtNextFrame).observe(document, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  setInterval(look, 100);
}`;

/** Before the first page of the context is opened. */
export async function noteClicks(context: BrowserContext): Promise<void> {
  await context.addInitScript(watch);
}

export function createStopwatch(page: Page): Stopwatch {
  const clicks: Timed[] = [];
  const waits: Timed[] = [];
  const shown = async (): Promise<number> => {
    const took = `sessionStorage.getItem('${TOOK}')`;
    const handle = await page.waitForFunction<string>(took, undefined, { polling: 50 });
    return Number(await handle.jsonValue());
  };
  const begin = (from: 'click' | 'now', answer: Answer): Promise<void> =>
    page.evaluate(`{
      sessionStorage.removeItem('${TOOK}');
      sessionStorage.setItem('${WANTED}', ${JSON.stringify(JSON.stringify(answer))});
      if (${String(from === 'now')})
        sessionStorage.setItem('${CLICKED}', String(performance.timeOrigin + performance.now()));
      else sessionStorage.removeItem('${CLICKED}');
    }`);
  return {
    clicks,
    waits,
    click: async (kind, click, answer) => {
      await begin('click', answer);
      const [milliseconds] = await Promise.all([shown(), click()]);
      clicks.push({ kind, milliseconds });
    },
    wait: async (kind, answer) => {
      await begin('now', answer);
      waits.push({ kind, milliseconds: await shown() });
    },
  };
}
