import { builtins } from '../../orchestrator/expressions/builtins/table.js';
import { byPath } from '../../orchestrator/expressions/compiled/path-calls.js';
import { formats } from '../../orchestrator/expressions/compiled/formats.js';
import { createReference } from '../../orchestrator/expressions/reference/reference.js';
import { outward } from '../../orchestrator/expressions/reference/refusals.js';
import { generated } from './markdown.js';
