import { roles, type Persona } from '../../../contracts/identity.js';
import { isJsonObject, type Json, type JsonObject } from '../../../contracts/json.js';
import { isMapping, tasksOf } from '../lint/walk.js';
import { catalogCall } from '../resolve-resources.js';
import type { Path } from '../source/path.js';
import type { Report } from '../source/report.js';
import { nearest, suggestion } from '../source/suggest.js';
import { known } from './functions.js';
import type { UseCasePorts } from './ports.js';
import { documentsOf, formsOf, type ReadFolder } from './read-folder.js';

export interface HumanTaskSite {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly path: Path;
  readonly report: Report;
}

/** Every `call: humanTask` of the use case and its parts. */
export function humanTasksOf(folder: Pick<ReadFolder, 'workflows' | 'parts'>): readonly HumanTaskSite[] {
  return documentsOf(folder).flatMap(({ value, report }) =>
    [...tasksOf(value)].flatMap(({ name, task, path }) => {
      const called = typeof task['call'] === 'string' ? catalogCall(task['call']) : undefined;
      if (called?.name !== 'humanTask' || called.catalog !== 'default') return [];
      return [{ name, args: isMapping(task['with']) ? task['with'] : {}, path: [...path, 'with'], report }];
    }),
  );
}

/** Roles that somebody plays, forms that exist, data that the form can begin with. */
export function lintHumanTasks(folder: ReadFolder, personas: readonly Persona[], ports: UseCasePorts): void {
  const forms = new Map(formsOf(folder).map(({ name, value }) => [name, value]));
  const played = new Set(personas.flatMap((persona) => persona.roles));
  for (const { args, path, report } of humanTasksOf(folder)) {
    for (const name of ['title', 'role', 'form'])
      if (args[name] === undefined) report.add('missing-property', path, { name });
    const { role, form, data } = args;
    known('role', role, roles, [...path, 'role'], report);
    const isRole = roles.find((one) => one === role);
    if (isRole !== undefined && !played.has(isRole))
      report.add('role-without-persona', [...path, 'role'], { name: isRole });
    known('form', form, [...forms.keys()], [...path, 'form'], report);
    const schema = typeof form === 'string' ? forms.get(form) : undefined;
    if (schema !== undefined && isMapping(data))
      lintData(String(form), schema, data, [...path, 'data'], report, ports);
  }
}

/**
 * Data under the name of a field is what the field begins with; all other data is shown to the person, and may be
 * named as it likes. So only near misses, and values that a field cannot take, are doubtful.
 */
function lintData(
  form: string,
  schema: JsonObject,
  data: Readonly<Record<string, unknown>>,
  path: Path,
  report: Report,
  ports: UseCasePorts,
): void {
  const fields = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const names = Object.keys(fields);
  for (const [name, value] of Object.entries(data)) {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (field === undefined) {
      const meant = nearest(name, names);
      if (meant === undefined || data[meant] !== undefined || name.length < 4) continue;
      const values = { form, name, reason: 'it has no such field', suggestion: suggestion(name, names) };
      report.add('form-data', [...path, name], values, 'key');
    } else if (isJsonObject(field) && typeof value !== 'string' && !holdsExpression(value)) {
      const [first] = ports.violations({ ...field, $defs: schema['$defs'] ?? {} }, value as Json);
      if (first !== undefined)
        report.add('form-data', [...path, name], { form, name, reason: first.message });
    }
  }
}

function holdsExpression(value: unknown): boolean {
  return JSON.stringify(value).includes('${');
}
