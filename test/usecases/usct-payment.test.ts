import { describe, expect, it } from '@jest/globals';

import type { Json, JsonObject } from '../../contracts/json.js';
import { play, type Play, type Played, type Reply } from './play-run.js';

/** Payment cycle on the real engine, with payments block, registry and officers played by this test. */
interface Beneficiary {
  readonly functionalId: string;
  readonly route: string;
  readonly financialAddress: string;
  readonly cycleAmount: number;
  readonly status: string;
}

const beneficiary = (number: number, route = 'mobile', status = 'active'): Beneficiary => ({
  functionalId: `U${String(number).padStart(10, '0')}`,
  route,
  financialAddress: `+1555${String(1_000_000 + number)}`,
  cycleAmount: 100,
  status,
});

const person = (data: Json, subject: string): Reply => ({
  output: {
    data,
    by: { subject, username: subject, role: 'payments-maker' },
    at: '2026-01-05T08:00:00Z',
    attestation: 'jws',
  },
});
const parametersOf = (args: JsonObject): JsonObject => args['parameters'] as JsonObject;

/** A registry of these beneficiaries and a claim for everybody; `results` says what became of each instruction. */
function world(
  all: readonly Beneficiary[],
  results: (id: string, attempt: number) => string,
): Play['replies'] {
  let batches = 0;
  const page = (args: JsonObject): Reply => {
    const { page: number, pageSize } = parametersOf(args) as { page: number; pageSize: number };
    const from = (number - 1) * pageSize;
    return {
      output: {
        count: all.length,
        results: all.slice(from, from + pageSize).map((one) => ({
          ...one,
          phone: one.financialAddress,
          package: 'care',
          applicationCase: `case-${one.functionalId}`,
        })),
      },
    };
  };
  return {
    firstPage: page,
    beneficiaryPage: page,
    claimPayments: (args) => ({ output: { granted: args['keys'] ?? [], refused: [] } }),
    prepareBatch: person({ decision: 'submit' }, 'ines'),
    approveBatch: person({ decision: 'approve' }, 'ravi'),
    askBanks: (args) => ({
      output: null,
      event: {
        type: 'org.govstack.callback.accounts-validated',
        data: {
          clientCorrelationId: parametersOf(args)['X-Client-Correlation-ID'] ?? null,
          numberOfFailedCases: 0,
          failedAccountLookups: [],
        },
      },
    }),
    'run pay-batch': (batch) => {
      batches += 1;
      const attempt = batches;
      const instructions = batch['instructions'] as readonly JsonObject[];
      return {
        output: {
          batchId: 'b',
          results: instructions.map((one) => ({
            ...one,
            outcome: results(one['functionalId'] as string, attempt),
            reason: '',
          })),
        },
      };
    },
    preactivateVouchers: (args) => {
      const body = parametersOf(args)['body'] as {
        batchID: string;
        voucherInstructions: readonly { instructionID: string }[];
      };
      const made = body.voucherInstructions.map(({ instructionID }, index) => ({
        instructionID,
        serialNumber: String(100_000 + index),
      }));
      return {
        output: {},
        event: {
          type: 'org.govstack.callback.vouchers-created',
          data: { batchID: body.batchID, voucherInstructions: made },
        },
      };
    },
  };
}

const metadata: JsonObject = {
  case: { id: 'case-9', number: 'USCT-P-000007', kind: 'payment-cycle', person: null },
  callbackUrl: 'http://localhost:4000/callbacks/run-9',
};

const cycle = (replies: Play['replies'], timers = true): Played =>
  play({
    workflow: 'payment-cycle',
    input: { programme: 'usct', cycle: '2026-01', repeat: true },
    metadata,
    replies,
    timers,
  });
const argsOf = (played: Played, name: string, visit = 0): JsonObject =>
  played.calls.filter((call) => call.name === name)[visit]?.args ?? {};

describe('a payment cycle', () => {
  const all = [
    beneficiary(1),
    beneficiary(2),
    beneficiary(3),
    beneficiary(4, 'voucher'),
    beneficiary(5, 'mobile', 'exited'),
  ];
  const fate = (id: string, attempt: number): string =>
    id.endsWith('1') ? 'completed' : id.endsWith('2') && attempt === 2 ? 'completed' : 'failed';
  const played = cycle(world(all, fate));

  it('pays, tries again what certainly failed, and reconciles', () => {
    expect(played.error).toBeUndefined();
    expect(played.states).toEqual([
      'preparing',
      'maker-review',
      'pre-validation',
      'checker-review',
      'paying',
      'retrying',
      'reconciling',
      'paid',
    ]);
    expect(played.facts).toMatchObject({
      beneficiaries: 4,
      total: 400,
      failedFirst: 2,
      paid: 3,
      paidTotal: 300,
      failed: 1,
      unclear: 0,
    });
    expect(played.output).toEqual({
      cycle: '2026-01',
      paid: ['U0000000001', 'U0000000004', 'U0000000002'],
      failed: [{ functionalId: 'U0000000003', reason: '' }],
      unclear: [],
    });
  });

  it('never sends a successful instruction again, and numbers the second try anew', () => {
    const ids = (visit: number): Json[] =>
      (argsOf(played, 'run pay-batch', visit)['instructions'] as readonly JsonObject[]).map(
        (one) => one['requestId'] ?? null,
      );
    expect(ids(0)).toEqual(['U000000000126011', 'U000000000226011', 'U000000000326011']);
    expect(ids(1)).toEqual(['U000000000226012', 'U000000000326012']);
    for (const id of [...ids(0), ...ids(1)]) expect(id).toHaveLength(16);
    expect([
      argsOf(played, 'run pay-batch', 0)['correlationId'],
      argsOf(played, 'run pay-batch', 1)['correlationId'],
    ]).toEqual(['BU0000000726011', 'BU0000000726012']);
  });

  it('claims by programme, beneficiary and cycle, and settles each claim by what happened', () => {
    expect(argsOf(played, 'claimPayments')['keys']).toContain('usct/U0000000001/2026-01');
    expect(argsOf(played, 'settle')).toMatchObject({
      completed: ['usct/U0000000001/2026-01', 'usct/U0000000004/2026-01', 'usct/U0000000002/2026-01'],
      released: ['usct/U0000000003/2026-01'],
    });
  });

  it('excludes the maker from the check, sends receipts, and opens what comes next', () => {
    expect(argsOf(played, 'approveBatch')['excludes']).toEqual(['ines']);
    const { recipientInfo } = parametersOf(argsOf(played, 'receipts'))['body'] as {
      recipientInfo: { recipients: readonly JsonObject[] };
    };
    expect(recipientInfo.recipients.map(({ phone }) => phone)).toHaveLength(3);
    expect(recipientInfo.recipients[0]).toMatchObject({
      content: expect.stringContaining('TRAINING RECEIPT'),
    });
    expect(argsOf(played, 'followUp')).toMatchObject({ kind: 'failed-payments' });
    expect(argsOf(played, 'openNextCycle')).toMatchObject({
      input: { cycle: '2026-03', wait: 'P2M', repeat: true },
    });
  });

  it('keeps the claim on money whose fate is unknown', () => {
    const unclear = cycle(world([beneficiary(1)], () => 'unknown'));
    expect(argsOf(unclear, 'settle')).toMatchObject({ completed: [], released: [] });
    expect(unclear.output).toMatchObject({ unclear: ['U0000000001'] });
    expect(unclear.calls.filter(({ name }) => name === 'run pay-batch')).toHaveLength(1);
  });

  it('pays nobody who was claimed by another cycle run', () => {
    const replies = world([beneficiary(1), beneficiary(2)], () => 'completed');
    const claimed = cycle({
      ...replies,
      claimPayments: {
        output: {
          granted: ['usct/U0000000002/2026-01'],
          refused: [{ key: 'usct/U0000000001/2026-01', holder: 'USCT-P-000006', state: 'completed' }],
        },
      },
    });
    expect(
      (argsOf(claimed, 'run pay-batch')['instructions'] as readonly JsonObject[]).map(
        (one) => one['functionalId'],
      ),
    ).toEqual(['U0000000002']);
    expect(claimed.facts).toMatchObject({ alreadyHandled: 1, paid: 1 });
  });

  it('asks for vouchers again when their numbers never come, and activates only those that came', () => {
    const all = [beneficiary(4, 'voucher'), beneficiary(6, 'voucher')];
    const replies = world(all, () => 'completed');
    const whose = replies['preactivateVouchers'] as (args: JsonObject, visit: number) => Reply;
    const lost = (times: number): Played =>
      cycle({
        ...replies,
        preactivateVouchers: (args, visit) => (visit > times ? whose(args, visit) : { output: {} }),
      });
    const names = ({ calls }: Played): readonly string[] => calls.map(({ name }) => name);
    const asked = (played: Played): number =>
      names(played).filter((name) => name === 'preactivateVouchers').length;

    const second = lost(1);
    expect(second.error).toBeUndefined();
    expect(asked(second)).toBe(2);
    expect(argsOf(second, 'preactivateVouchers', 1)).toEqual(argsOf(second, 'preactivateVouchers', 0));
    expect(parametersOf(argsOf(second, 'activateVouchers'))['body']).toMatchObject({
      VoucherInstructions: [{ serialNumber: '100000' }, { serialNumber: '100001' }],
    });
    expect(second.facts).toMatchObject({ paid: 2, failed: 0 });

    const never = lost(9);
    expect(never.error).toBeUndefined();
    expect(asked(never)).toBe(3);
    expect(names(never)).not.toContain('activateVouchers');
    expect(never.facts).toMatchObject({ paid: 0, failed: 2, unclear: 0 });
    expect(argsOf(never, 'settle')).toMatchObject({
      completed: [],
      released: ['usct/U0000000004/2026-01', 'usct/U0000000006/2026-01'],
    });
    expect(never.output).toMatchObject({
      failed: [{ reason: 'no voucher was issued' }, { reason: 'no voucher was issued' }],
    });
  });

  it('goes back to the maker, and gives the claims back when it is cancelled', () => {
    const decide = (_args: JsonObject, visit: number): Reply =>
      person({ decision: visit === 1 ? 'return' : 'cancel', note: 'why' }, 'ravi');
    const cancelled = cycle({ ...world(all, fate), approveBatch: decide });
    expect(cancelled.states).toEqual([
      'preparing',
      'maker-review',
      'pre-validation',
      'checker-review',
      'maker-review',
      'pre-validation',
      'checker-review',
      'cancelled',
    ]);
    expect((argsOf(cancelled, 'cancelCycle')['released'] as readonly string[]).length).toBe(4);
    expect(cancelled.calls.map(({ name }) => name)).not.toContain('run pay-batch');
  });

  it('opens January after November', () => {
    const november = play({
      workflow: 'payment-cycle',
      input: { cycle: '2026-11', repeat: true },
      metadata,
      replies: world([beneficiary(1)], () => 'completed'),
    });
    expect(argsOf(november, 'openNextCycle')).toMatchObject({
      key: 'usct/2027-01',
      input: { cycle: '2027-01' },
    });
  });

  it('takes ten thousand in one batch', () => {
    const many = Array.from({ length: 10_000 }, (_, index) =>
      beneficiary(index + 1, index % 8 === 0 ? 'voucher' : 'mobile'),
    );
    const big = cycle(world(many, (id) => (id.endsWith('77') ? 'failed' : 'completed')));
    expect(big.error).toBeUndefined();
    expect(big.facts).toMatchObject({ beneficiaries: 10_000, unclear: 0 });
    expect(big.calls.filter(({ name }) => name === 'preactivateVouchers')).toHaveLength(2);
  }, 120_000);
});

describe('one batch', () => {
  const instructions = [1, 2].map((number) => ({
    requestId: `U${String(number).padStart(10, '0')}26011`,
    functionalId: `U${String(number).padStart(10, '0')}`,
    amount: 214,
  }));
  const pay = (replies: Play['replies'], timers = false): Played =>
    play({
      workflow: 'pay-batch',
      input: {
        correlationId: 'BU0000000726011',
        code: 'USCT',
        institution: 'MSW-USCT',
        payer: 'GOV-USCT',
        note: 'USCT 2026-01 training payment',
        currency: 'USD',
        instructions,
      },
      metadata,
      replies,
      timers,
    });
  const rows = (second: string): Json =>
    instructions.map(({ requestId }, index) => ({
      transactionId: requestId,
      status: index === 0 ? 'COMPLETED' : second,
      errorInformation: second === 'FAILED' ? 'closed' : null,
    }));
  const sent: Reply = {
    output: { batchId: 'b1' },
    event: { type: 'org.govstack.callback.batch-status', data: { batchId: 'b1', ongoing: 0 } },
  };

  it('compares each instruction with what the block did', () => {
    const played = pay({ sendBatch: sent, batchPage: { output: rows('FAILED') } });
    expect(played.output).toEqual({
      batchId: 'b1',
      results: [
        { ...instructions[0], outcome: 'completed', reason: '' },
        { ...instructions[1], outcome: 'failed', reason: 'closed' },
      ],
    });
  });

  it('keeps the limits of the published document', () => {
    const [first] = parametersOf(
      argsOf(pay({ sendBatch: sent, batchPage: { output: rows('COMPLETED') } }), 'sendBatch'),
    )['body'] as readonly JsonObject[] as readonly [JsonObject];
    expect(first).toMatchObject({
      currency: 'USD',
      amount: 214,
      creditParty: [{ key: 'functionalId', value: 'U0000000001' }],
      debitParty: [{ key: 'payerIdentifier', value: 'GOV-USCT' }],
    });
    expect((first['requestId'] as string).length).toBeLessThanOrEqual(16);
    expect((first['descriptionText'] as string).length).toBeLessThanOrEqual(50);
    expect((first['paymentMode'] as string).length).toBeLessThanOrEqual(20);
  });

  it('asks again while something is undecided, without a status callback, and then says that it does not know', () => {
    const silent: Reply = { output: { batchId: 'b1' } };
    const late = pay(
      {
        sendBatch: silent,
        batchPage: (_args, visit) => ({ output: rows(visit < 3 ? 'IN_PROGRESS' : 'COMPLETED') }),
      },
      true,
    );
    expect(late.output).toMatchObject({ results: [{ outcome: 'completed' }, { outcome: 'completed' }] });
    const never = pay({ sendBatch: silent, batchPage: { output: rows('IN_PROGRESS') } }, true);
    expect(never.output).toMatchObject({ results: [{ outcome: 'completed' }, { outcome: 'unknown' }] });
    expect(never.calls.filter(({ name }) => name === 'batchPage')).toHaveLength(5);
  });
});
