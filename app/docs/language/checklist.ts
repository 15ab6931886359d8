import { documentSections } from './document-features.js';
import type { LanguageSection } from './language-feature.js';
import { runtimeSections } from './runtime-features.js';
import { taskSections } from './task-features.js';

/** The whole language, feature by feature, in the order of the page. */
export const checklist: readonly LanguageSection[] = [
  ...documentSections,
  ...taskSections,
  ...runtimeSections,
];
