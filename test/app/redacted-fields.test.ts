import { describe, expect, it } from '@jest/globals';
import { redactedFields, redactedText } from '../../app/redacted-fields.js';
import { createTerminalLogger } from '../../cli/terminal-logger.js';

const MASK = '[redacted]';

describe('the fields of a log line', () => {
  it.each([
    ['individualId', '2001000017'],
    ['first_name', 'Amina'],
    ['phone', '+15550101'],
    ['accountNumber', 'AC-1'],
    ['authorization', 'Bearer x'],
    ['set-cookie', 'sid=1'],
    ['body', { anything: 1 }],
    ['input', 'text'],
    ['refreshToken', 'r'],
  ])('lose what is under %s', (name, value) => {
    expect(redactedFields({ [name]: value })).toEqual({ [name]: MASK });
    expect(redactedFields({ at: { deep: { [name]: value } } })).toEqual({ at: { deep: { [name]: MASK } } });
  });

  it('keep what operating needs', () => {
    const line = {
      run: 'run-0123456789abcdef0123',
      correlation: '0123456789abcdef0123456789abcdef',
      status: 503,
      attempt: 3,
      at: '2026-01-05T09:00:00.000Z',
      block: 'payments',
      client: 'SANDBOX/GOV/MSW/USCT',
    };
    expect(redactedFields(line)).toEqual(line);
  });

  it('say of an error its kind, words and place, and nothing that hangs on it', () => {
    const cause = new SyntaxError('Unexpected token in JSON: "Amina Haddad"');
    const error = Object.assign(new Error('No account 2001000017 of amina@example.org', { cause }), {
      code: 'E_PAY',
      command: { args: ['Amina'] },
    });
    const said = JSON.stringify(redactedFields({ err: error }));
    expect(said).toContain(`No account ${MASK} of ${MASK}`);
    expect(said).toContain('"code":"E_PAY"');
    expect(said).toContain('redacted-fields.test');
    expect(said).not.toMatch(/Amina|2001000017|example\.org/);
  });
});

describe('a text of a log line', () => {
  it.each([
    ['call +1 555 0101 99', `call ${MASK}`],
    ['token eyJhbGciOi.eyJzdWIi.c2ln', `token ${MASK}`],
    ['Authorization: Bearer abc.def', `Authorization: Bearer ${MASK}`],
    ['at http://localhost:4000/cb/run-1/0123456789abcdef/done', `at http://localhost:4000/cb/${MASK}`],
    ['account AT611904300234573201 is closed', `account ${MASK} is closed`],
    ['?access_token=abc&x=1', `?access_token=${MASK}&x=1`],
  ])('%s', (text, shown) => {
    expect(redactedText(text)).toBe(shown);
  });

  it.each(['run-20260105000000 has ended', 'after 5 attempts', 'at 127.0.0.1:6379'])('keeps %s', (text) => {
    expect(redactedText(text)).toBe(text);
  });
});

it('goes through the logger of the command line, message included', () => {
  const lines: string[] = [];
  const logger = createTerminalLogger('info', { write: (line: string) => void lines.push(line) });
  logger.warn({ phone: '+15550101', run: 'run-1' }, 'nobody at +15550101');
  logger.debug({}, 'not said at this level');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0]!)).toMatchObject({ phone: MASK, run: 'run-1', msg: `nobody at ${MASK}` });
});
