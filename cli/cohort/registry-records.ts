import type { CensusRow, GeneratedHousehold, RegistryEntries, Sex, TrueHousehold } from './household.js';
import type { Chance } from './random.js';

/**
 * What the registries hold about the applicant of a line. Mostly it fits, sometimes within the tolerance (other
 * capitals, one child fewer, a little more income), and sometimes not: then a case officer has to look.
 */
export function inventRegistryEntries(chance: Chance, row: CensusRow, truth: TrueHousehold): RegistryEntries {
  const trouble = chance.happens(0.045)
    ? chance.weighted({
        unknown: 20,
        name: 25,
        birthDate: 25,
        deceased: 5,
        dependants: 10,
        income: 10,
        land: 5,
      })
    : 'none';
  const harmless = chance.happens(0.1);
  const income =
    trouble === 'income'
      ? truth.monthlyIncome * 2 + 120
      : Math.round(truth.monthlyIncome * (0.6 + 0.6 * chance.next()));
  const hasTax = chance.happens(0.4) || trouble === 'income';
  const hectares = trouble === 'land' ? truth.landHectares + 3 : truth.landHectares;
  const hasCivil = chance.happens(0.94) || trouble === 'deceased' || trouble === 'dependants';
  const otherDay = row.birth_date.endsWith('01') ? '02' : '01';
  return {
    ...(trouble === 'unknown'
      ? {}
      : {
          population: {
            firstName: harmless ? row.first_name.toUpperCase() : row.first_name,
            lastName:
              trouble === 'name'
                ? `${row.last_name} (Adan)`
                : harmless
                  ? ` ${row.last_name}  `
                  : row.last_name,
            birthDate: trouble === 'birthDate' ? `${row.birth_date.slice(0, 8)}${otherDay}` : row.birth_date,
            sex: row.sex as Sex,
            region: truth.region,
          },
        }),
    ...(hasCivil
      ? {
          civil: {
            lifeStatus: trouble === 'deceased' ? ('deceased' as const) : ('alive' as const),
            dependants:
              trouble === 'dependants'
                ? Math.max(truth.children - 3, 0)
                : Math.max(truth.children - (harmless ? 1 : 0), 0),
          },
        }
      : {}),
    ...(hasTax ? { tax: { monthlyIncome: income } } : {}),
    ...(hectares > 0 && (chance.happens(0.7) || trouble === 'land')
      ? { land: { hectares: Math.round(hectares * 10) / 10 } }
      : {}),
  };
}

/** A record as the seed collection `records` of the digital registries takes it. */
export interface RegistryRecordSeed {
  readonly registry: 'population' | 'civil' | 'tax' | 'land';
  readonly version: '1.0';
  readonly content: Readonly<Record<string, string | number>>;
}

/** The registry records behind a generated census, one set per person however often the person is in the file. */
export function registryRecords(households: readonly GeneratedHousehold[]): RegistryRecordSeed[] {
  const seen = new Set<string>();
  return households.flatMap(({ row, registries }) => {
    const individualId = row.national_id;
    if (!/^\d{10}$/.test(individualId) || seen.has(individualId)) return [];
    seen.add(individualId);
    return (['population', 'civil', 'tax', 'land'] as const).flatMap((registry) => {
      const entry = registries[registry];
      return entry === undefined
        ? []
        : [{ registry, version: '1.0' as const, content: { individualId, ...entry } }];
    });
  });
}
