import type { Page } from 'playwright-core';

/** A value to type, to choose or to tick, by the place of the question in the form. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/**
 * Answers a form that asks one thing at a time, up to the list of all answers. Goes by ids and values, so that it works
 * in every language. `id` names the form on the page. Returns how many questions there were.
 */
export async function answer(page: Page, id: string, answers: Answers, most = 40): Promise<number> {
  for (let asked = 0; asked < most; asked += 1) {
    await page.locator('.question, .check').first().waitFor();
    if ((await page.locator('.check').count()) > 0) return asked;
    const before = page.url();
    for (const [pointer, value] of Object.entries(answers)) await give(page, `${id}${pointer}`, value);
    await page.locator('.questions button[type=submit]').click();
    await page.waitForURL((url) => url.href !== before);
    // The address changes a moment before the page does.
    const next = new URL(page.url()).searchParams.get('question') ?? '1';
    await page.locator(`.questions-bar[value="${next}"], .check`).first().waitFor();
  }
  throw new Error(`The form asks more than ${most} questions.`);
}

/** Fills in one control, when it is on the page. */
export async function give(page: Page, id: string, value: string | readonly string[]): Promise<void> {
  const control = page.locator(`[id="${id}"]`);
  if ((await control.count()) === 0) return;
  const is = async (tag: string): Promise<boolean> => (await page.locator(`${tag}[id="${id}"]`).count()) > 0;
  if (typeof value !== 'string') {
    const labels = control.locator('label');
    for (const index of value) await labels.nth(Number(index)).locator('input').check();
  } else if (await is('fieldset')) await control.locator(`input[value="${value}"]`).check();
  else if (await is('select')) await control.selectOption(value);
  else await control.fill(value);
}
