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

const KEY = 'load.clicked';
const NOW = '(performance.timeOrigin + performance.now())';

/** Kept in the tab, because an answer may be another document. */
const notesClicks = `addEventListener('click', ({ timeStamp }) => {
  if (sessionStorage.getItem('${KEY}') === null)
    sessionStorage.setItem('${KEY}', String(performance.timeOrigin + timeStamp));
}, true)`;

/** The time since the click when the answer can be seen; else false. */
const answered = `({ shows, at }) => {
  const clicked = sessionStorage.getItem('${KEY}');
  if (clicked === null || (at !== undefined && !new RegExp(at).test(location.pathname))) return false;
  const there = [...document.querySelectorAll(shows)].some((one) => one.getClientRects().length > 0);
  return there && ${NOW} - Number(clicked);
}`;

/** Before the first page of the context is opened. */
export async function noteClicks(context: BrowserContext): Promise<void> {
  await context.addInitScript(notesClicks);
}

export function createStopwatch(page: Page): Stopwatch {
  const clicks: Timed[] = [];
  const waits: Timed[] = [];
  const shown = async (answer: Answer): Promise<number> => {
    const look = `(${answered})(${JSON.stringify(answer)})`;
    const handle = await page.waitForFunction<number>(look, undefined, { polling: 'raf' });
    return handle.jsonValue();
  };
  const begin = (from: 'click' | 'now'): Promise<void> =>
    page.evaluate(
      from === 'now'
        ? `sessionStorage.setItem('${KEY}', String(${NOW}))`
        : `sessionStorage.removeItem('${KEY}')`,
    );
  return {
    clicks,
    waits,
    click: async (kind, click, answer) => {
      await begin('click');
      const [milliseconds] = await Promise.all([shown(answer), click()]);
      clicks.push({ kind, milliseconds });
    },
    wait: async (kind, answer) => {
      await begin('now');
      waits.push({ kind, milliseconds: await shown(answer) });
    },
  };
}
