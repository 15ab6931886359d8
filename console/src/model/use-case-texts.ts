import type { UseCase } from '../api/types.js';
import { formTexts, type FormTexts } from './form-texts.js';
import { say, type Said } from './texts.js';
import { wordsOf } from './words.js';

/** A use case with its texts in the reader's language, English where a text is not translated. */
export interface UseCaseTexts {
  readonly useCase: UseCase | undefined;
  readonly title: Said;
  readonly summary: Said;
  readonly step: (id: string) => Said;
  readonly state: (kind: string, state: string) => Said;
  readonly kind: (kind: string) => Said;
  readonly scenario: (name: string, title: string) => Said;
  readonly workflow: (name: string, title: string | undefined) => Said;
  /** A task that no sentence tells of, or a way out of a choice. */
  readonly name: (name: string) => Said;
  readonly form: (form: string, otherwise: string) => Said;
  /** The words inside a form. */
  readonly words: (form: string) => FormTexts;
  /** What a state means to the person whom the case is about; undefined where nobody wrote it down. */
  readonly plain: (kind: string, state: string, what: 'now' | 'next') => Said | undefined;
  /** Data in the reader's words: a code such as `pay-point`, the name of a field, or a sentence of a workflow; undefined when it is neither. */
  readonly value: (data: string) => Said | undefined;
  readonly narration: (key: string | undefined, name: string) => Said;
  readonly fact: (name: string) => Said;
  readonly actor: (id: string, otherwise: string) => Said;
  /** A service behind the mediator, by its title in the manifest. */
  readonly service: (title: string) => Said;
  readonly actorStory: (id: string, otherwise: string) => Said;
  /** Any other text of the use case, by its path in the locale. */
  readonly other: (path: readonly string[], otherwise: string) => Said;
}

export function textsOf(useCase: UseCase | undefined, language: string): UseCaseTexts {
  const text = (path: readonly string[], otherwise: string): Said =>
    say(useCase?.locales ?? {}, language, path, otherwise);
  const manifest = useCase?.manifest;
  const named = (name: string): Said => text(['names', name], wordsOf(name));
  return {
    useCase,
    title: text(['useCase', 'title'], manifest?.title ?? ''),
    summary: text(['useCase', 'summary'], manifest?.summary ?? ''),
    step: (step) =>
      text(['steps', step], manifest?.steps.find((one) => one.id === step)?.title ?? wordsOf(step)),
    state: (kind, state) => text(['states', kind, state], wordsOf(state)),
    kind: (kind) => text(['cases', kind], manifest?.cases[kind]?.title ?? wordsOf(kind)),
    scenario: (name, title) => text(['scenarios', name], title),
    workflow: (name, title) => text(['workflows', name], title ?? wordsOf(name)),
    name: named,
    form: (form, otherwise) => text(['forms', form], otherwise),
    words: (form) => formTexts(useCase?.locales ?? {}, language, form),
    plain: (kind, state, what) => written(text(['citizen', kind, state, what], '')),
    value: (data) =>
      written(text(['options', 'every', data], '')) ??
      written(text(['phrases', data], '')) ??
      written(text(['facts', data], '')),
    narration: (key, name) => (key === undefined ? named(name) : text(['narration', key], wordsOf(name))),
    fact: (name) => text(['facts', name], wordsOf(name)),
    actor: (actor, otherwise) => text(['actors', actor], otherwise),
    service: (title) => {
      const [alias = ''] =
        Object.entries(manifest?.services ?? {}).find(([, service]) => service.title === title) ?? [];
      return text(['services', alias], title);
    },
    actorStory: (actor, otherwise) => text(['actorStories', actor], otherwise),
    other: (path, otherwise) => text(path, otherwise),
  };
}

function written(said: Said): Said | undefined {
  return said.text === '' ? undefined : said;
}
