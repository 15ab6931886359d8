import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { openPerson, type Look } from './browser.js';
import { inBrowser, openStage, type Stage } from './stage.js';

/** The building blocks on the screen: a trainer breaks one, mends it, and changes what it keeps. */
jest.setTimeout(180_000);

const looks: readonly Look[] = [{}, { width: 390 }, { language: 'ar' }, { width: 360, language: 'ar' }];

inBrowser('the building blocks in the console', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage('console-blocks');
  });

  afterAll(() => stage.close());

  it('lets a trainer break a block, see it, and mend it', async () => {
    const trainer = await openPerson(stage.browser, stage.origin);
    await trainer.signIn('trainer-yuki');
    const { page } = trainer;
    await page.getByRole('link', { name: 'Blocks' }).click();
    await page.getByRole('link', { name: 'Payments' }).click();
    await page.getByText('It works as it should.').waitFor();
    await page.getByLabel('What goes wrong').selectOption({ label: 'Refuses with an error' });
    await page.getByRole('button', { name: 'Break it' }).click();
    await page.locator('.fault').waitFor();
    const { faults } = await stage.session
      .as('trainer-yuki')
      .get<{ faults: readonly object[] }>('/blocks/payments/faults');
    expect(faults).toMatchObject([{ kind: 'error', expiresAt: expect.any(String) }]);
    await page.getByRole('link', { name: 'All building blocks' }).click();
    await page.getByText('Broken in 1 way').waitFor();
    await page.getByRole('link', { name: 'Payments' }).click();
    await page.getByRole('button', { name: 'Mend' }).click();
    await page.getByText('It works as it should.').waitFor();
    expect(await stage.session.as('trainer-yuki').get('/blocks/payments/faults')).toEqual({ faults: [] });
    expect(trainer.complaints).toEqual([]);
    await trainer.close();
  });

  it('changes a document, and says when somebody else was faster', async () => {
    const api = stage.session.as('trainer-yuki');
    const document = '/blocks/messaging/state/templates/lesson';
    const { collections } = await api.get<{ collections: readonly { name: string }[] }>(
      '/blocks/messaging/state',
    );
    const collection = collections[0]?.name ?? '';
    const path = document.replace('templates', collection);
    await api.put(path, { text: 'first' });
    const trainer = await openPerson(stage.browser, stage.origin);
    await trainer.signIn('trainer-yuki');
    const { page } = trainer;
    await page.goto(`${stage.origin}/building-blocks/messaging`);
    await page.getByLabel('Collection').selectOption(collection);
    await page.getByLabel('Contains').fill('first');
    await page.locator('summary', { hasText: 'lesson' }).click();
    await page.getByRole('button', { name: 'Change' }).click();
    const editor = page.getByLabel('The document as JSON');
    await editor.fill('{ "text": ');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('This is not a JSON object').waitFor();
    await api.put(path, { text: 'first, and faster' });
    await editor.fill('{ "text": "first of mine" }');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('It was changed in the meantime').waitFor();
    expect(await api.get(path)).toMatchObject({ text: 'first, and faster' });
    await page.reload();
    await page.getByLabel('Collection').selectOption(collection);
    await page.locator('summary', { hasText: 'lesson' }).click();
    await page.getByRole('button', { name: 'Change' }).click();
    await editor.fill('{ "text": "mine" }');
    await page.getByRole('button', { name: 'Save' }).click();
    await editor.waitFor({ state: 'detached' });
    expect(await api.get(path)).toMatchObject({ _id: 'lesson', text: 'mine' });
    await trainer.close();
  });

  it.each(looks)('is well in %j', async (look) => {
    const trainer = await openPerson(stage.browser, stage.origin, look);
    await trainer.signIn('trainer-yuki');
    await trainer.page.goto(`${stage.origin}/building-blocks`);
    await trainer.page.locator('.block-card').first().waitFor();
    const flaws = [...(await trainer.flaws('blocks'))];
    await trainer.page.goto(`${stage.origin}/building-blocks/payments`);
    await trainer.page.locator('.state-document, .request').first().waitFor();
    flaws.push(...(await trainer.flaws('block')), ...trainer.complaints);
    expect(flaws).toEqual([]);
    await trainer.close();
  });

  it('is not for citizens', async () => {
    const amina = await openPerson(stage.browser, stage.origin);
    await amina.signIn('amina');
    expect(await amina.page.getByRole('link', { name: 'Blocks' }).count()).toBe(0);
    await amina.page.goto(`${stage.origin}/building-blocks`);
    await amina.page.getByText('There is no such page.').waitFor();
    await amina.close();
  });
});
