import type { PresentationPlan, Slide } from '../../../contracts/presentation.js';

/** A slide with its place in the talk and the part of the scenario that it plays. */
export interface TalkSlide {
  readonly slide: Slide;
  readonly chapter: string;
  readonly chapterIndex: number;
  /** Steps that are played before it, and those that are played with it. */
  readonly from: number;
  readonly to: number;
}

export interface Talk {
  readonly slides: readonly TalkSlide[];
  /** The first slide of each chapter, and the steps that are played before it. */
  readonly chapters: readonly { readonly id: string; readonly first: number; readonly from: number }[];
}

export function talkOf(plan: PresentationPlan): Talk {
  const slides: TalkSlide[] = [];
  const chapters: { id: string; first: number; from: number }[] = [];
  let played = 0;
  for (const [chapterIndex, chapter] of plan.chapters.entries()) {
    chapters.push({ id: chapter.id, first: slides.length, from: played });
    for (const slide of chapter.slides) {
      slides.push({ slide, chapter: chapter.id, chapterIndex, from: played, to: played + slide.play });
      played += slide.play;
    }
  }
  return { slides, chapters };
}

/** The case that a slide shows, by the scenario's names: the talk's own until the slide's has been opened. */
export function caseShown(
  { case: told }: Pick<PresentationPlan, 'case'>,
  { case: own }: Pick<Slide, 'case'>,
  cases: Readonly<Record<string, string>>,
): string | undefined {
  return (own === undefined ? undefined : cases[own]) ?? cases[told];
}

/** Where a speaker goes. A chapter that is entered backwards begins anew, from its snapshot. */
export interface Stop {
  readonly index: number;
  /** The chapter whose snapshot is put back first. */
  readonly restore: string | undefined;
}

export function stopAfter(talk: Talk, index: number): Stop {
  return { index: Math.min(talk.slides.length - 1, index + 1), restore: undefined };
}

export function stopBefore(talk: Talk, index: number): Stop {
  const here = talk.slides[index];
  const before = talk.slides[index - 1];
  if (here === undefined || before === undefined) return { index: 0, restore: undefined };
  if (before.chapter === here.chapter) return { index: index - 1, restore: undefined };
  return chapterStop(talk, before.chapterIndex);
}

export function chapterStop(talk: Talk, chapterIndex: number): Stop {
  const chapter = talk.chapters[Math.max(0, Math.min(talk.chapters.length - 1, chapterIndex))];
  return { index: chapter?.first ?? 0, restore: chapter?.id };
}

/** The slide with this id: where a reload goes on. */
export function slideNamed(talk: Talk, id: string): number {
  return Math.max(
    0,
    talk.slides.findIndex(({ slide }) => slide.id === id),
  );
}
