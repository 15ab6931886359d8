import type { Json } from '../../contracts/json.js';
import { nearIds } from '../kit/near-documents.js';
import type { PaymentsState } from './state.js';

/** Who may ask for vouchers in the older dialect, where the seeds name nobody: GovStack's building blocks. */
export const defaultBuildingBlocks: readonly string[] = [
  'bb-cms',
  'bb-consent',
  'bb-digital-registries',
  'bb-emarketplace',
  'bb-esignature',
  'bb-gis',
  'bb-identity',
  'bb-information-mediator',
  'bb-messaging',
  'bb-payments',
  'bb-registration',
  'bb-scheduler',
  'bb-wallet',
  'bb-workflow',
];

export async function isBuildingBlock(state: PaymentsState, name: string): Promise<boolean> {
  return (await state.buildingBlocks.get(name)) !== undefined;
}

/** In words for people: which names there are is no secret. */
export async function noBuildingBlock(state: PaymentsState, name: Json): Promise<string> {
  const near = typeof name === 'string' ? await nearIds(state.buildingBlocks, name) : '';
  return `there is no such building block${near}`;
}
