import type { UseCasePorts } from './ports.js';
import type { ReadFolder } from './read-folder.js';

/** Forms are JSON Schemas: they compile, or nobody could complete the task. */
export function lintForms({ forms }: ReadFolder, ports: UseCasePorts): void {
  for (const { value, report } of forms) {
    const reason = ports.checkJsonSchema(value);
    if (reason !== undefined) report.add('bad-json-schema', [], { reason });
  }
}
