import { collectionCases } from './cases/collections.js';
import { controlCases } from './cases/control.js';
import { pathCases } from './cases/paths.js';
import { textCases } from './cases/text.js';
import { updateCases } from './cases/updates.js';
import { valueCases } from './cases/values.js';
import type { OracleCase } from './cases/case.js';

export const oracleCases: readonly OracleCase[] = [
  ...collectionCases,
  ...controlCases,
  ...pathCases,
  ...textCases,
  ...updateCases,
  ...valueCases,
];
