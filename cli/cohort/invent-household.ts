import type { Asset, Region, TrueHousehold } from './household.js';
import type { Chance } from './random.js';

/**
 * Plausible households: poorer and larger away from the capital, assets and land that go with income. Poverty is a
 * matter of consumption, which nobody observes: so the formula errs, as every proxy means test does.
 */
const regionWeights: Readonly<Record<Region, number>> = {
  capital: 16,
  coast: 18,
  plains: 22,
  hills: 18,
  highland: 14,
  border: 12,
};

interface RegionProfile {
  readonly income: number;
  readonly displaced: number;
  readonly landed: number;
}

const profiles: Readonly<Record<Region, RegionProfile>> = {
  capital: { income: 120, displaced: 0.04, landed: 0.05 },
  coast: { income: 95, displaced: 0.05, landed: 0.25 },
  plains: { income: 80, displaced: 0.05, landed: 0.55 },
  hills: { income: 68, displaced: 0.07, landed: 0.6 },
  highland: { income: 56, displaced: 0.08, landed: 0.65 },
  border: { income: 48, displaced: 0.25, landed: 0.3 },
};

const POVERTY_LINE = 22;

/** What a month without an asset lacks, per household: goods show past income. */
const assetLevels: readonly (readonly [Asset, number])[] = [
  ['radio', 40],
  ['bicycle', 70],
  ['goats', 60],
  ['television', 140],
  ['refrigerator', 220],
  ['motorcycle', 240],
  ['cattle', 200],
  ['car', 520],
];

export function inventHousehold(chance: Chance): TrueHousehold {
  const region = chance.weighted(regionWeights);
  const profile = profiles[region];
  const children = chance.weighted({ '0': 14, '1': 17, '2': 21, '3': 19, '4': 14, '5': 9, '6': 4, '7': 2 });
  const adults = chance.weighted({ '1': 20, '2': 52, '3': 18, '4': 10 });
  const elderly = chance.weighted({ '0': 76, '1': 19, '2': 5 });
  const dependants = Number(children);
  const size = Math.max(Number(adults) + dependants, Number(elderly) + dependants, 1);
  const headSex = chance.weighted({ female: 34, male: 65, other: 1 });
  const disabled = chance.weighted({ '0': 86, '1': 12, '2': 2 });
  const displaced = chance.happens(profile.displaced);
  const hardship = (headSex === 'female' ? 0.82 : 1) * (displaced ? 0.65 : 1) * (1 - 0.12 * Number(disabled));
  // The product of three uniform draws has the long tail that incomes have.
  const luck = 0.25 + 2.2 * chance.next() * (0.35 + chance.next());
  const monthlyIncome = Math.round((profile.income * hardship * luck) / 5) * 5;
  const wealth = monthlyIncome * (0.5 + chance.next());
  const owned = assetLevels
    .filter(([, level]) => wealth > level * (0.5 + chance.next()))
    .map(([asset]) => asset);
  const landHectares = chance.happens(profile.landed)
    ? Math.round(chance.next() * chance.next() * 40) / 10
    : 0;
  const consumption =
    (monthlyIncome * (0.75 + 0.5 * chance.next()) + landHectares * 12) / Math.sqrt(size) / 1.6;
  return {
    region,
    size,
    children: dependants,
    elderly: Number(elderly),
    disabled: Math.min(Number(disabled), size),
    displaced,
    headSex,
    assets: owned,
    landHectares,
    monthlyIncome,
    poor: consumption < POVERTY_LINE,
  };
}
