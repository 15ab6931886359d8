import type { ReactElement } from 'react';
import type { ClockAnswer } from '../api/types.js';
import { useI18n } from '../i18n/i18n.js';
import type { MessageKey } from '../i18n/message.js';
import { useUseCaseTexts } from '../i18n/use-case-texts.js';

/** What falls due next, in words: whose case goes on, or what begins by itself. */
export function NextTimer({
  timer,
}: {
  readonly timer: NonNullable<ClockAnswer['nextTimer']>;
}): ReactElement {
  const { t, dateTime } = useI18n();
  const texts = useUseCaseTexts(timer.case?.useCase ?? timer.useCase);
  const date = dateTime(timer.due);
  if (timer.block !== undefined)
    return <>{t('place.nextBlock', { block: t(`block.${timer.block}` as MessageKey), date })}</>;
  if (timer.useCase !== undefined) return <>{t('place.nextSchedule', { service: texts.title.text, date })}</>;
  if (timer.case === undefined) return <>{t('place.nextOther', { date })}</>;
  const { kind, number } = timer.case;
  const of = { kind: texts.kind(kind).text, number, date };
  return <>{timer.kind === 'task' ? t('place.nextTask', of) : t('place.nextCase', of)}</>;
}
