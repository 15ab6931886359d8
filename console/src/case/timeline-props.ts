import type { Case } from '../../../contracts/case.js';
import type { Exchange, ExchangePayload } from '../../../contracts/exchange.js';
import type { WaitingFor } from '../../../contracts/run.js';
import type { Task } from '../api/types.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { TimelineEntry } from '../model/timeline.js';

export interface TimelineProps {
  readonly of: Case;
  readonly entries: readonly TimelineEntry[];
  readonly texts: UseCaseTexts;
  /** By run and task key. */
  readonly tasks: ReadonlyMap<string, Task>;
  readonly waits: ReadonlyMap<string, WaitingFor>;
  readonly bodies: ((exchange: Exchange) => Promise<ExchangePayload | undefined>) | undefined;
}
