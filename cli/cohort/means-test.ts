import type { Asset, Region } from './household.js';

/**
 * The programme's formula, written a second time and in another way than in the workflow, so that the two can
 * disagree. Source: usecases/usct/README.md, "The formula" and "The packages".
 */
export interface AssessedHousehold {
  readonly region: Region;
  readonly size: number;
  readonly dependants: number;
  readonly elderly: number;
  readonly disabled: number;
  readonly displaced: boolean;
  readonly assets: readonly Asset[];
  readonly landHectares: number;
  readonly monthlyIncome: number;
}

export interface Assessment {
  readonly score: number;
  readonly eligible: boolean;
  readonly package: 'basic' | 'family' | 'care';
  readonly monthlyAmount: number;
  readonly cycleAmount: number;
}

const THRESHOLD = 40;

const regionPoints = new Map<Region, number>([
  ['capital', 62],
  ['coast', 54],
  ['plains', 48],
  ['hills', 44],
  ['highland', 40],
  ['border', 38],
]);

const assetPoints = new Map<Asset, number>([
  ['radio', 2],
  ['bicycle', 2],
  ['goats', 3],
  ['television', 5],
  ['refrigerator', 8],
  ['motorcycle', 8],
  ['cattle', 8],
  ['car', 20],
]);

export function assess(household: AssessedHousehold): Assessment {
  const score = welfareScore(household);
  const amount = monthlyAmount(household);
  return { score, eligible: score < THRESHOLD, ...amount, cycleAmount: amount.monthlyAmount * 2 };
}

function welfareScore(household: AssessedHousehold): number {
  const further = Math.min(Math.max(household.size - 2, 0), 8);
  const needs =
    further * 3 +
    Math.min(household.dependants, 8) * 4 +
    household.elderly * 3 +
    household.disabled * 6 +
    (household.displaced ? 10 : 0);
  const owned = household.assets.reduce((points, asset) => points + (assetPoints.get(asset) ?? 0), 0);
  const land = Math.min(Math.floor(household.landHectares / 0.5), 10) * 2;
  const income = Math.min(Math.floor(household.monthlyIncome / (10 * household.size)), 40);
  return (regionPoints.get(household.region) ?? 48) - needs + owned + land + income;
}

function monthlyAmount(household: AssessedHousehold): Pick<Assessment, 'package' | 'monthlyAmount'> {
  const caredFor = household.elderly + household.disabled;
  const base = 30 + household.size * 5;
  const children = Math.min(household.dependants, 5) * 8;
  if (caredFor > 0) return { package: 'care', monthlyAmount: base + children + Math.min(caredFor, 3) * 15 };
  if (household.dependants > 0) return { package: 'family', monthlyAmount: base + children };
  return { package: 'basic', monthlyAmount: base };
}
