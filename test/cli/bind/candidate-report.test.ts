import { describe, expect, it } from '@jest/globals';
import { parseBindOption, withHosts } from '../../../cli/bind/bind-option.js';
import { reportLines, reportOn } from '../../../cli/bind/candidate-report.js';
import type { Exchange } from '../../../contracts/exchange.js';

const candidate = parseBindOption('payments=spy:http://pay.example/');
const called = (change: Partial<Exchange> = {}): Exchange =>
  ({
    block: 'payments',
    operationId: 'bulkPayment',
    deliveredTo: 'http://pay.example',
    outcome: 'answered',
    ...change,
  }) as Exchange;
const violation = { pointer: '/body/rows/3/status', message: 'must be string' };

describe('the report on a candidate', () => {
  it.each([
    ['carries', [called()], true],
    ['does not carry', [called()], false],
    ['does not carry', [called(), called({ outcome: 'unreachable' })], true],
    ['does not carry', [called({ deliveredTo: 'mock, as http://pay.example did not answer' })], true],
    ['carries outside the contract', [called({ violations: [violation] })], true],
    ['was not called', [called({ block: 'consent' }), called({ deliveredTo: 'mock' })], true],
  ])('says that it %s', (verdict, exchanges, played) => {
    expect(reportOn(candidate, exchanges, played).verdict).toBe(verdict);
  });

  it('names each deviation once, wherever in a list it is', () => {
    const other = { ...violation, pointer: '/body/rows/9/status' };
    const report = reportOn(
      candidate,
      [called({ violations: [violation] }), called({ violations: [other] })],
      true,
    );
    expect(reportLines(report)).toEqual([
      'payments at http://pay.example/: carries outside the contract',
      '  bulkPayment: 2 calls',
      '    against the contract: /body/rows/*/status must be string',
    ]);
  });
});

describe('--bind', () => {
  it('names block, operation, kind and address', () => {
    expect(parseBindOption('payments#bulkPayment=https://pay.example:8443/api')).toEqual({
      block: 'payments',
      operationId: 'bulkPayment',
      kind: 'real',
      baseUrl: 'https://pay.example:8443/api',
    });
    expect(withHosts('a.example', [candidate])).toBe('a.example,pay.example');
  });

  it.each([['payments'], ['payment=http://a.example'], ['payments=ftp://a.example'], ['payments=http://']])(
    'is refused as %s',
    (text) => {
      expect(() => parseBindOption(text)).toThrow(expect.objectContaining({ code: 'GSB-REQ-001' }));
    },
  );
});
