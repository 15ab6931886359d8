import { isCurrency, isPayable } from '../kit/money.js';

/** The body of bulk-payment and prepayment-validation; a narration is required by the second only. */
export interface OlderBatch {
  readonly RequestID: string;
  readonly SourceBBID: string;
  readonly BatchID: string;
  readonly CreditInstructions: readonly {
    readonly InstructionID: string;
    readonly PayeeFunctionalID: string;
    readonly Amount: number;
    readonly Currency: string;
    readonly Narration?: string | null;
  }[];
}

/** What a schema cannot say about the instructions; undefined when nothing is wrong. */
export function instructionFault(instructions: OlderBatch['CreditInstructions']): string | undefined {
  const seen = new Set<string>();
  for (const { InstructionID, Amount, Currency } of instructions) {
    if (seen.has(InstructionID)) return `${InstructionID} stands in this batch twice`;
    seen.add(InstructionID);
    if (!isPayable(Amount)) return `${InstructionID}: Amount must have at most two decimals`;
    if (!isCurrency(Currency)) return `${InstructionID}: Currency is no ISO 4217 currency`;
  }
  return undefined;
}
