/** One line of a census file, as text: what an enumerator typed. The header has these names in this order. */
export const censusColumns = [
  'national_id',
  'first_name',
  'last_name',
  'birth_date',
  'sex',
  'phone',
  'region',
  'household_size',
  'children',
  'elderly',
  'disabled',
  'displaced',
  'head_sex',
  'assets',
  'land_hectares',
  'monthly_income',
  'payment_route',
  'account',
  'consent',
  'consent_sheet',
] as const;
export type CensusColumn = (typeof censusColumns)[number];
export type CensusRow = Readonly<Record<CensusColumn, string>>;

export const regions = ['capital', 'coast', 'plains', 'hills', 'highland', 'border'] as const;
export type Region = (typeof regions)[number];

export const assets = [
  'radio',
  'bicycle',
  'goats',
  'television',
  'refrigerator',
  'motorcycle',
  'cattle',
  'car',
] as const;
export type Asset = (typeof assets)[number];

export type Sex = 'female' | 'male' | 'other';

/** What is true of the household, whatever the census line and the registries say. */
export interface TrueHousehold {
  readonly region: Region;
  readonly size: number;
  readonly children: number;
  readonly elderly: number;
  readonly disabled: number;
  readonly displaced: boolean;
  readonly headSex: Sex;
  readonly assets: readonly Asset[];
  readonly landHectares: number;
  readonly monthlyIncome: number;
  /** Consumption per person and month below the poverty line: what no formula sees. */
  readonly poor: boolean;
}

/** What the registries hold about the applicant; a registry without a record has no key. */
export interface RegistryEntries {
  readonly population?: {
    readonly firstName: string;
    readonly lastName: string;
    readonly birthDate: string;
    readonly sex: Sex;
    readonly region: Region;
  };
  readonly civil?: { readonly lifeStatus: 'alive' | 'deceased'; readonly dependants: number };
  readonly tax?: { readonly monthlyIncome: number };
  readonly land?: { readonly hectares: number };
}

export type ExpectedOutcome =
  | { readonly outcome: 'rejected-at-intake'; readonly field: CensusColumn; readonly reason: string }
  | {
      readonly outcome:
        | 'consent-refused'
        | 'not-eligible'
        | 'waiting-for-a-person'
        | 'no-payment-route'
        | 'payment-failed'
        | 'paid';
    };
export type OutcomeName = ExpectedOutcome['outcome'];

export interface GeneratedHousehold {
  /** Line of the file; the header is line 1. */
  readonly line: number;
  readonly row: CensusRow;
  readonly truth: TrueHousehold;
  readonly registries: RegistryEntries;
  readonly expected: ExpectedOutcome;
}
