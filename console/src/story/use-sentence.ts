import { useMemo } from 'react';
import { useI18n } from '../i18n/i18n.js';
import type { UseCaseTexts } from '../i18n/use-case-texts.js';
import type { Beat, StoryLog } from '../model/story.js';
import type { Said } from '../model/texts.js';

/** What a beat is told as: one plain sentence in the reader's language, or in English when nobody translated it. */
export function useSentence(texts: UseCaseTexts, log: StoryLog): (beat: Beat) => Said {
  const { t, told, language } = useI18n();
  return useMemo(() => {
    const numbers = new Map(log.cases.map(({ case: of }) => [of.id as string, of]));
    return (beat) => {
      switch (beat.kind) {
        case 'opened': {
          const of = numbers.get(beat.caseId);
          const kind = texts.kind(of?.kind ?? beat.name).text;
          const who = t(`role.${beat.role}`);
          return { text: t('story.opened', { who, kind, number: of?.number ?? '' }), lang: language };
        }
        case 'asked': {
          const form = texts.form(beat.task?.form ?? '', texts.narration(beat.narration, beat.name).text);
          return { text: t('story.asked', { who: t(`role.${beat.role}`), what: form.text }), lang: language };
        }
        case 'trouble':
          return {
            text: t('story.trouble', { what: told(beat.error?.title ?? beat.name).text }),
            lang: language,
          };
        case 'answered':
        case 'call':
        case 'noted':
          return texts.narration(beat.narration, beat.name);
      }
    };
  }, [texts, log.cases, t, told, language]);
}
