import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import type { Json, JsonObject } from '../../contracts/json.js';
import { createSchemas } from '../../app/use-case-catalog.js';
import { rowsOf } from '../../console/src/model/csv.js';
import { dataOf, draftOf, rowFields, type DraftValue } from '../../console/src/model/form-draft.js';
import { complaintsOf } from '../../console/src/model/form-errors.js';
import { fieldsOf, type Field } from '../../console/src/model/form-fields.js';

/** Its own forms, and those of the parts that it uses. */
const files = new Map(
  readdirSync(new URL('../../usecases/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .filter((path) => /^(usct|shared\/[^/]+)\/forms\/[^/]+\.yaml$/.test(path))
    .map((path) => [path.replace(/^.*\/|\.yaml$/g, ''), path] as const),
);
const names = [...files.keys()];
const form = (name: string): JsonObject =>
  parse(readFileSync(new URL(`../../usecases/${files.get(name)}`, import.meta.url), 'utf8')) as JsonObject;
const named = (fields: readonly Field[], name: string): Field => fields.find((field) => field.name === name)!;
const inOrder = (fields: readonly Field[]): readonly Field[] =>
  fields.flatMap((field) => [field, ...(field.type === 'group' ? inOrder(field.fields) : [])]);

describe('the forms of the cash transfer', () => {
  const schemas = createSchemas();
  const violations = (schema: JsonObject, value: Json): ReturnType<typeof schemas.violations> =>
    schemas.violations(schema, value);

  it.each(names)('%s: an empty form is refused only at fields that the console shows', (name) => {
    const schema = form(name);
    const fields = fieldsOf(schema);
    expect(fields.length).toBeGreaterThan(0);
    const errors = violations(schema, dataOf(fields, draftOf(fields, null)));
    const unplaced = complaintsOf(fields, errors).filter(({ field }) => field === undefined);
    expect(unplaced).toEqual([]);
  });

  it('gives back what a form was started from', () => {
    const application: Json = {
      channel: 'citizen',
      applicant: {
        individualId: '2001000017',
        firstName: 'Amina',
        lastName: 'Haddad',
        birthDate: '1988-03-14',
        sex: 'female',
      },
      household: {
        region: 'hills',
        size: 6,
        dependants: 4,
        elderly: 1,
        disabled: 0,
        displaced: false,
        assets: ['radio', 'goats'],
        landHectares: 0.5,
        monthlyIncome: 60,
      },
      payment: { route: 'mobile', account: '+15550101' },
      oneTimeCode: '111111',
    };
    const fields = fieldsOf(form('application'));
    expect(dataOf(fields, draftOf(fields, application))).toEqual(application);
    expect(violations(form('application'), dataOf(fields, draftOf(fields, application)))).toEqual([]);
  });

  it('does not ask for hidden fields, and sends their defaults', () => {
    const fields = fieldsOf(form('application'));
    expect(named(fields, 'channel')).toMatchObject({ type: 'fixed', value: 'citizen' });
    expect(fields.some(({ name }) => name === 'line' || name === 'consent')).toBe(false);
  });

  it('leaves an optional group out until something is entered in it', () => {
    const fields = fieldsOf(form('mismatch-review'));
    const draft = { '/decision': 'use-registry', '/note': 'Seen.' };
    expect(dataOf(fields, draft)).toEqual({ decision: 'use-registry', note: 'Seen.' });
    expect(dataOf(fields, { ...draft, '/corrections/dependants': '2' })).toMatchObject({
      corrections: { dependants: 2 },
    });
  });

  it('leaves an optional yes or no open until it is answered', () => {
    const fields = fieldsOf(form('change'));
    const answered = (displaced: DraftValue | undefined): unknown =>
      (dataOf(fields, { '/changes/size': '3', '/changes/displaced': displaced })['changes'] as JsonObject)[
        'displaced'
      ];
    expect([answered(undefined), answered('false'), answered('true')]).toEqual([undefined, false, true]);
  });

  it("brings the server's errors to the rows of a list", () => {
    const fields = fieldsOf(form('failed-payments'));
    const repairs = named(fields, 'repairs');
    if (repairs.type !== 'rows') throw new Error('repairs is a list of rows');
    const draft = {
      '/repairs': 2,
      '/repairs/0/functionalId': 'U1234567890',
      '/repairs/0/route': 'bank',
      '/repairs/0/account': 'AC-0001',
      '/repairs/1/route': 'bank',
    };
    const data = dataOf(fields, draft);
    expect(data).toMatchObject({ repairs: [{ functionalId: 'U1234567890' }, { route: 'bank' }] });
    const told = complaintsOf(fields, violations(form('failed-payments'), data));
    expect(told.map(({ pointer, complaint }) => [pointer, complaint.kind])).toEqual([
      ['/repairs/1/functionalId', 'missing'],
      ['/repairs/1/account', 'missing'],
    ]);
    expect(rowFields(repairs.fields, '/repairs', 1).map(({ pointer }) => pointer)).toContain(
      '/repairs/1/account',
    );
  });

  it("sends what is no number as it was typed, and tells the server's answer in its own words", () => {
    const fields = fieldsOf(form('application'));
    const data = dataOf(fields, {
      ...draftOf(fields, null),
      '/household/size': 'six',
      '/household/dependants': '30',
    });
    const told = new Map(
      complaintsOf(fields, violations(form('application'), data)).map(({ pointer, complaint }) => [
        pointer,
        complaint,
      ]),
    );
    expect(told.get('/household/size')).toEqual({ kind: 'whole' });
    expect(told.get('/household/dependants')).toEqual({ kind: 'most', n: 29 });
    expect(told.get('/applicant/firstName')).toEqual({ kind: 'missing' });
  });

  it('asks for each member once', () => {
    for (const name of names) {
      const pointers = inOrder(fieldsOf(form(name))).map(({ pointer }) => pointer);
      expect(new Set(pointers).size).toBe(pointers.length);
    }
  });
});

describe('a census file', () => {
  it('is read with quotes, both line ends, a byte order mark and the number of each line', () => {
    const text = '\uFEFFname,region\r\n"Okeke, Tomás",plains\r\n\r\n"two\nlines",\n"say ""yes""",coast';
    expect(rowsOf(text)).toEqual([
      { line: 2, name: 'Okeke, Tomás', region: 'plains' },
      { line: 4, name: 'two\nlines', region: '' },
      { line: 6, name: 'say "yes"', region: 'coast' },
    ]);
  });

  it('reads the thousand households with the lines of the file', () => {
    const rows = rowsOf(
      readFileSync(new URL('../../usecases/usct/seeds/households.csv', import.meta.url), 'utf8'),
    );
    expect(rows).toHaveLength(1000);
    expect(rows[0]?.['line']).toBe(2);
    expect(rows.at(-1)?.['line']).toBe(1001);
  });
});
