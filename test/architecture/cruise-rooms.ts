import { createRequire } from 'node:module';
import { cruise, type ICruiseOptions, type ICruiseResult, type IFlattenedRuleSet } from 'dependency-cruiser';
import extractTsConfig from 'dependency-cruiser/config-utl/extract-ts-config';
import { join } from 'node:path';
import { ROOMS, ROOT } from './source-files.js';

interface RuleFile {
  readonly forbidden: readonly { readonly name: string }[];
  readonly options: ICruiseOptions;
}

const { forbidden, options } = createRequire(import.meta.url)(
  join(ROOT, '.dependency-cruiser.cjs'),
) as RuleFile;

/** Names of all rules. */
export const ruleNames: readonly string[] = forbidden.map(({ name }) => name);

/** Reads the imports of all rooms below `root` and holds them against the rules of the project. */
export async function cruiseRooms(root: string, rooms: readonly string[] = ROOMS): Promise<ICruiseResult> {
  const { output } = await cruise(
    [...rooms],
    {
      ...options,
      baseDir: root,
      validate: true,
      ruleSet: { forbidden, options: {} } as unknown as IFlattenedRuleSet,
    },
    {},
    { tsConfig: extractTsConfig(join(ROOT, 'tsconfig.json')) },
  );
  if (typeof output === 'string') throw new Error('expected a result, not a report');
  return output;
}

/** Violations as sentences. */
export function violationsOf({ summary }: ICruiseResult): readonly string[] {
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`);
}
