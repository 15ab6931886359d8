import { describe, expect, it } from '@jest/globals';
import { SandboxError } from '../../../contracts/problems.js';
import type { WorkflowDocument, WorkflowReference } from '../../../contracts/workflow.js';
import { childWorkflow } from '../../../orchestrator/runtime/child-workflow.js';

const versions = ['1.0.0', '2.10.0'];
const known = (reference: WorkflowReference): WorkflowReference => {
  if (reference.namespace === 'ns' && reference.name === 'child' && versions.includes(reference.version))
    return reference;
  throw new SandboxError('GSB-DEF-001', {
    detail: `There is no workflow ${reference.namespace}/${reference.name}.`,
  });
};
const catalog = {
  latest: (_useCase: string, name: string) => known({ namespace: 'ns', name, version: '2.10.0' }),
  workflow: (_useCase: string, reference: WorkflowReference): WorkflowDocument => ({
    document: { dsl: '1.0.3', ...known(reference) },
    do: [],
  }),
};

describe('the workflow that a run task means', () => {
  it.each([
    ['1.0.0', '1.0.0'],
    ['latest', '2.10.0'],
  ])('in version %s is that of %s', (version, found) => {
    expect(childWorkflow(catalog, 'u', { namespace: 'ns', name: 'child', version })).toEqual({
      namespace: 'ns',
      name: 'child',
      version: found,
    });
  });

  it.each([
    { namespace: 'ns', name: 'nemo', version: 'latest' },
    { namespace: 'elsewhere', name: 'child', version: 'latest' },
    { namespace: 'ns', name: 'child', version: '9.9.9' },
  ])('is missed in one sentence: %j', (reference) => {
    expect(childWorkflow(catalog, 'u', reference)).toMatch(/^There is no workflow /);
  });

  it('does not hide a defect', () => {
    const broken = {
      ...catalog,
      workflow: (): never => {
        throw new TypeError('broken');
      },
    };
    expect(() => childWorkflow(broken, 'u', { namespace: 'ns', name: 'child', version: '1.0.0' })).toThrow(
      TypeError,
    );
  });
});
