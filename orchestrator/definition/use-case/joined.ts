import { isJsonObject, type JsonObject } from '../../../contracts/json.js';
import type { WorkflowDocument } from '../../../contracts/workflow.js';
import type { SharedPart, SharedParts } from '../shared-parts.js';

/** The parts that documents have attached, each once. */
export function partsOf(
  documents: readonly Pick<WorkflowDocument, 'parts'>[],
  shared: SharedParts,
): readonly SharedPart[] {
  const names = new Set(
    documents.flatMap(({ parts }) => Object.values(parts ?? {}).map(({ document }) => document.name)),
  );
  return [...names].flatMap((name) => shared.part(name) ?? []);
}

/** Forms and texts of the parts, and over them those of the use case itself. */
export function joined(
  own: Readonly<Record<string, JsonObject>>,
  parts: readonly Readonly<Record<string, JsonObject>>[],
): Readonly<Record<string, JsonObject>> {
  return Object.assign({}, ...parts, own) as Readonly<Record<string, JsonObject>>;
}

/** Texts by language; a language that the use case does not have is left out. */
export function joinedTexts(
  own: Readonly<Record<string, JsonObject>>,
  parts: readonly SharedPart[],
): Readonly<Record<string, JsonObject>> {
  return Object.fromEntries(
    Object.entries(own).map(([locale, texts]) => [
      locale,
      parts.reduceRight<JsonObject>((above, { locales }) => over(locales[locale] ?? {}, above), texts),
    ]),
  );
}

function over(below: JsonObject, above: JsonObject): JsonObject {
  const joint: Record<string, JsonObject[string]> = { ...below };
  for (const [name, value] of Object.entries(above)) {
    const beneath = joint[name];
    joint[name] = isJsonObject(beneath) && isJsonObject(value) ? over(beneath, value) : value;
  }
  return joint;
}
