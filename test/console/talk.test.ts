import { describe, expect, it } from '@jest/globals';
import { messageIn, recipientOf } from '../../console/src/model/phone-messages.js';
import { reportOf } from '../../console/src/model/report.js';
import { savingsOf } from '../../console/src/model/savings.js';
import {
  caseShown,
  chapterStop,
  slideNamed,
  stopAfter,
  stopBefore,
  talkOf,
} from '../../console/src/model/talk.js';
import { commandOf } from '../../console/src/present/commands.js';
import { presentationSchema } from '../../contracts/presentation.js';
import { exchange, storyLog } from './case-of-amina.js';

const plan = presentationSchema.parse({
  scenario: 'demo',
  case: 'application',
  chapters: [
    { id: 'one', slides: [{ id: 'a' }, { id: 'b', play: 2, show: 'phone' }] },
    { id: 'two', slides: [{ id: 'c', play: 1 }, { id: 'd' }] },
  ],
});

describe('a talk', () => {
  const talk = talkOf(plan);
  it('counts the steps that each slide plays', () => {
    expect(talk.slides.map(({ from, to }) => [from, to])).toEqual([
      [0, 0],
      [0, 2],
      [2, 3],
      [3, 3],
    ]);
    expect(talk.chapters).toEqual([
      { id: 'one', first: 0, from: 0 },
      { id: 'two', first: 2, from: 2 },
    ]);
  });
  it('goes back within a chapter as it is, and into another one by its snapshot', () => {
    expect(stopBefore(talk, 3)).toEqual({ index: 2, restore: undefined });
    expect(stopBefore(talk, 2)).toEqual({ index: 0, restore: 'one' });
    expect(stopBefore(talk, 0)).toEqual({ index: 0, restore: undefined });
    expect(stopAfter(talk, 3).index).toBe(3);
    expect(chapterStop(talk, 1)).toEqual({ index: 2, restore: 'two' });
  });
  it('goes on after a reload where it was', () => {
    expect(slideNamed(talk, 'c')).toBe(2);
    expect(slideNamed(talk, 'gone')).toBe(0);
  });
  it('shows the case that a slide names once it is open: a payment cycle has not crossed the application yet', () => {
    const desk = { case: 'cycleOne' };
    expect(caseShown(plan, desk, { application: 'case-a' })).toBe('case-a');
    expect(caseShown(plan, desk, { application: 'case-a', cycleOne: 'case-p' })).toBe('case-p');
    expect(caseShown(plan, {}, { application: 'case-a', cycleOne: 'case-p' })).toBe('case-a');
  });
  it('refuses two slides of one name', () => {
    const twice = { ...plan, chapters: [...plan.chapters, { id: 'three', slides: [{ id: 'a' }] }] };
    expect(presentationSchema.safeParse(twice).success).toBe(false);
  });
});

describe('a clicker', () => {
  const press = (key: string, tagName = 'BODY', rtl = false): string | undefined =>
    commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, target: { tagName } }, rtl);
  it('moves on and back, in the direction of reading', () => {
    expect(['PageDown', ' ', 'ArrowRight'].map((key) => press(key))).toEqual(['next', 'next', 'next']);
    expect(press('ArrowRight', 'BODY', true)).toBe('previous');
    expect(press('Escape', 'INPUT')).toBe('leave');
  });
  it('leaves keys to the controls that they are for', () => {
    expect(press('t', 'INPUT')).toBeUndefined();
    expect(press(' ', 'BUTTON')).toBeUndefined();
    expect(press('t')).toBe('technical');
  });
});

describe('what the citizen was spared', () => {
  const services = {
    tax: { provider: 'S/G/MOF/TAX', code: 'tax' },
    land: { provider: 'S/G/MOF/LAND', code: 'land' },
  };
  const of = (id: string, service: string, more = {}): ReturnType<typeof exchange> =>
    exchange(id, 1, 'run-1', '/do/0', 'digital-registries', { service, ...more });
  const all = [
    of('1', 'S/G/MOF/TAX/tax'),
    of('2', 'S/G/MOF/TAX/tax'),
    of('3', 'S/G/MOF/LAND/land'),
    of('4', 'S/G/MOF/LAND/land', { outcome: 'refused' }),
    of('5', 'S/G/MOF/LAND/land', { status: 404 }),
    of('6', 'S/G/MOF/TAX/tax', { operationId: 'list' }),
  ];
  const rule = { id: 'r', kind: 'papers', services: ['tax', 'land'], operations: ['read'] } as const;
  const counted = (once: 'service' | 'organisation' | 'call'): number | undefined =>
    savingsOf([{ ...rule, services: [...rule.services], operations: ['read'], once }], services, all)[0]
      ?.count;
  it('is counted by service, by organisation or by call, from what was answered only', () => {
    expect([counted('service'), counted('organisation'), counted('call')]).toEqual([2, 1, 3]);
  });
  it('names its sources', () => {
    const [saving] = savingsOf(
      [{ ...rule, services: ['tax'], operations: ['read'], once: 'service' }],
      services,
      all,
    );
    expect(saving?.sources.map(({ id }) => id)).toEqual(['1', '2']);
  });
});

describe('the phone', () => {
  const single = {
    senderInfo: { name: 'Welfare' },
    recipientInfo: { phone: '+1' },
    smsContent: { content: 'Hello' },
  };
  const batch = {
    recipientInfo: { recipients: [{ phone: '+1', content: 'Yours' }, { phone: '+2' }] },
    smsContent: { content: 'For all' },
  };
  it('shows what was sent to its number, and nothing else', () => {
    expect(recipientOf(single)).toBe('+1');
    expect(messageIn(single, '+1')).toEqual({
      channel: 'sms',
      sender: 'Welfare',
      title: undefined,
      text: 'Hello',
    });
    expect(messageIn(batch, '+1')?.text).toBe('Yours');
    expect(messageIn(batch, '+2')?.text).toBe('For all');
    expect(messageIn(batch, '+3')).toBeUndefined();
    expect(recipientOf(batch)).toBeUndefined();
  });
});

describe('the report', () => {
  it('counts calls, refusals and what was read under which basis', () => {
    const basis = { kind: 'consent', agreement: 'a', consentRecord: 'c', fields: ['income'] } as const;
    const report = reportOf(
      storyLog({
        exchanges: [
          exchange('1', 1, 'run-1', '/do/0', 'payments', { basis, fields: ['income'], milliseconds: 30 }),
          exchange('2', 2, 'run-1', '/do/0', 'payments', { basis, fields: ['land'] }),
          exchange('3', 3, 'run-1', '/do/0', 'identity', { outcome: 'refused', status: 403 }),
          exchange('4', 4, 'run-1', '/do/0', 'identity', { status: 503 }),
        ],
      }),
    );
    expect(report).toMatchObject({ calls: 4, refused: 1, failed: 1, callTime: 60, slowest: 30 });
    expect(report.bases).toEqual([{ basis, calls: 2, fields: ['income', 'land'] }]);
    expect(report.blocks[0]).toEqual({ block: 'payments', calls: 2, milliseconds: 40 });
    expect(report.acts.map(({ id }) => id)).toEqual(['task-1']);
  });
});
