import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { blockIds } from '../../contracts/block.js';
import { readApiDocument } from '../../orchestrator/http/api-docs.js';
import { withKitAnswers } from '../../mocks/kit/kit-answers.js';
import type { JsonObject } from '../../contracts/json.js';
import { lintDocument } from './lint-document.js';

const documents: [string, JsonObject][] = [
  ...blockIds.map((block): [string, JsonObject] => [
    block,
    withKitAnswers(
      parse(
        readFileSync(new URL(`../../mocks/${block}/openapi.yaml`, import.meta.url), 'utf8'),
      ) as JsonObject,
    ),
  ]),
  ['the API', readApiDocument()],
];

describe('our own OpenAPI documents', () => {
  it.each(documents)('say everything that a reader needs: %s', (_name, document) => {
    expect(lintDocument(document)).toEqual([]);
  });
});
