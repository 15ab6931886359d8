import type { UseCaseManifest } from '../../../contracts/use-case.js';
import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import { isMapping, tasksOf } from '../lint/walk.js';
import { valueAt, type Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { allStates, statesOfKind } from './functions.js';
import { documentsOf, formsOf, type Part, type ReadFolder } from './read-folder.js';

interface Wanted {
  /** As it stands in a locale, joined by dots: `narration.application.prepare`. */
  readonly name: string;
  readonly path: Path;
  readonly report: Report;
}

/** Sentences, titles and states in every language of the manifest, and texts that nobody ever sees. */
export function lintTexts(folder: ReadFolder, manifest: Part<UseCaseManifest>): void {
  const narrated = narrationsOf(folder);
  const wanted = [...narrated, ...titlesOf(folder, manifest), ...shownTexts(folder)];
  const translated = titlesInFiles(folder);
  for (const locale of manifest.value.locales) {
    const texts = folder.locales.find(({ name }) => name === locale)?.value;
    if (texts === undefined) {
      const index = manifest.value.locales.indexOf(locale);
      manifest.report.add('missing-file', ['locales', index], { name: `locales/${locale}.yaml` });
      continue;
    }
    const known = new Set(
      [texts, ...textsOfParts(folder, locale)].flatMap((one) => leavesOf(one).map(({ name }) => name)),
    );
    const here = locale === 'en' ? wanted : [...wanted, ...translated];
    for (const { name, path, report } of here)
      if (!known.has(name)) report.add('missing-text', path, { locale, name });
  }
  const names = new Set([
    ...[...wanted, ...translated].map(({ name }) => name),
    // One that could not be read may have its title all the same.
    ...folder.scenarioNames.map((name) => `scenarios.${name}`),
    ...drawnNames(folder),
  ]);
  for (const { value, report, name } of folder.locales) {
    if (!manifest.value.locales.includes(name)) report.add('unused-part', [], { kind: 'language', name });
    for (const leaf of leavesOf(value)) {
      if (isKept(leaf.name) || names.has(leaf.name)) continue;
      report.add('unused-text', leaf.path, { name: leaf.name }, 'key');
    }
  }
}

/** Texts that the console reads by themselves, or by names that only a run knows. */
function isKept(name: string): boolean {
  return (
    name === 'training' ||
    /^(useCase|facts|actorStories|services|personas|citizen|fields|hints|options|phrases)\./.test(name)
  );
}

function narrationsOf(folder: ReadFolder): readonly Wanted[] {
  return documentsOf(folder).flatMap(({ value, report }) =>
    [...tasksOf(value)].flatMap(({ path, task }) => {
      const place = [...path, 'metadata', 'sandbox', 'narration'];
      const narration = valueAt(task, ['metadata', 'sandbox', 'narration']);
      const own = typeof narration === 'string' && !narration.includes('${') ? [{ narration, place }] : [];
      const input = [...path, 'run', 'workflow', 'input'];
      return [...own, ...handedIn(valueAt(task, ['run', 'workflow', 'input']), input)].map((one) => ({
        name: `narration.${one.narration}`,
        path: one.place,
        report,
      }));
    }),
  );
}

/** Sentences that a workflow hands to a part, to tell what is done there. */
function handedIn(value: unknown, path: Path): readonly { narration: string; place: Path }[] {
  if (Array.isArray(value)) return value.flatMap((one: unknown, index) => handedIn(one, [...path, index]));
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'narration' && typeof member === 'string' && !member.includes('${')
      ? [{ narration: member, place: [...path, name] }]
      : handedIn(member, [...path, name]),
  );
}

function textsOfParts(folder: ReadFolder, locale: string): readonly JsonObject[] {
  return folder.parts.flatMap(({ locales }) =>
    locales.filter(({ name }) => name === locale).map(({ value }) => value),
  );
}

function titlesOf(folder: ReadFolder, { value, report }: Part<UseCaseManifest>): readonly Wanted[] {
  const kinds = Object.keys(value.cases);
  return [
    ...value.steps.map(({ id }, index) => ({ name: `steps.${id}`, path: ['steps', index, 'id'], report })),
    ...value.actors.map(({ id }, index) => ({ name: `actors.${id}`, path: ['actors', index, 'id'], report })),
    ...kinds.map((kind) => ({ name: `cases.${kind}`, path: ['cases', kind], report })),
    ...kinds.flatMap((kind) =>
      (statesOfKind(value, kind) ?? allStates(value)).map((state) => ({
        name: `states.${kind}.${state}`,
        path: ['cases', kind, 'states'],
        report,
      })),
    ),
    ...formsOf(folder).map((form) => ({ name: `forms.${form.name}`, path: [], report: form.report })),
  ];
}

/** What its own files say in English: the other languages say it in their locales. */
function titlesInFiles({ scenarios, workflows }: ReadFolder): readonly Wanted[] {
  return [
    ...scenarios.map(({ name, report }) => ({ name: `scenarios.${name}`, path: ['title'], report })),
    ...workflows.flatMap(({ value, report }) => {
      const name = valueAt(value, ['document', 'name']);
      const path = ['document', 'title'];
      return typeof name === 'string' && valueAt(value, path) !== undefined
        ? [{ name: `workflows.${name}`, path, report }]
        : [];
    }),
  ];
}

/** Names of tasks and of ways out of a choice: a picture of the workflow shows them where no sentence stands. */
function drawnNames({ workflows }: ReadFolder): readonly string[] {
  return workflows.flatMap(({ value }) =>
    [...tasksOf(value)].flatMap(({ name, task }) => {
      const choices = Array.isArray(task['switch']) ? task['switch'].filter(isMapping) : [];
      return [name, ...choices.flatMap((one) => Object.keys(one))].map((one) => `names.${one}`);
    }),
  );
}

/** What a presentation says to the audience and to the speaker, and what the citizen was spared. */
function shownTexts({ presentation }: ReadFolder): readonly Wanted[] {
  if (presentation === undefined) return [];
  const { value, report } = presentation;
  return [
    ...value.chapters.flatMap(({ id, slides }, index) => [
      { name: `presentation.chapters.${id}`, path: ['chapters', index, 'id'], report },
      ...slides.flatMap((slide, at) =>
        ['title', 'text', 'notes'].map((part) => ({
          name: `presentation.slides.${slide.id}.${part}`,
          path: ['chapters', index, 'slides', at, 'id'],
          report,
        })),
      ),
    ]),
    ...value.savings.map(({ id }, index) => ({
      name: `savings.${id}`,
      path: ['savings', index, 'id'],
      report,
    })),
  ];
}

/** Flat (`'application.prepare': ...`) and nested texts have the same name. */
function leavesOf(texts: unknown, path: Path = []): readonly { name: string; path: Path }[] {
  if (!isMapping(texts))
    return typeof texts === 'string' && texts.trim() !== '' ? [{ name: path.join('.'), path }] : [];
  return Object.entries(texts).flatMap(([key, value]) =>
    isJsonObject(value) || typeof value === 'string' ? leavesOf(value, [...path, key]) : [],
  );
}
