import type { InstructionDocument, PaymentsState } from '../state.js';

/** Instructions worked on at once: one sub-batch per institution and page. */
const PAGE = 500;

/** The instructions of a batch in order, page by page, each as it is stored when its page comes up. */
export async function* instructionPages(
  state: PaymentsState,
  batchId: string,
): AsyncGenerator<readonly InstructionDocument[]> {
  let after: string | undefined;
  for (;;) {
    const found = await state.instructions.find({
      idPrefix: `${batchId}/`,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    if (found.length > 0) yield found.map(({ doc }) => doc);
    if (found.length < PAGE) return;
    after = found.at(-1)?.doc._id;
  }
}

export function failed(instruction: InstructionDocument, reason: string, at: string): InstructionDocument {
  return { ...instruction, status: 'FAILED', reason, completedAt: at };
}
