import { describe, expect, it } from '@jest/globals';
import { loadWorkflow } from '../../../orchestrator/definition/load-workflow.js';
import { SandboxError } from '../../../contracts/problems.js';
import { workflow } from '../engine/workflow-text.js';

function problemOf(text: string): SandboxError {
  try {
    loadWorkflow(text, 'w.yaml');
  } catch (error) {
    if (error instanceof SandboxError) return error;
    throw error;
  }
  throw new Error('It was accepted');
}

describe('loading a workflow', () => {
  it('names file, line and path of what is wrong', () => {
    const problem = problemOf(
      workflow(`
  - good: { set: { a: 1 } }
  - bad: { wait: { weeks: 2 } }`),
    );
    expect(problem.code).toBe('GSB-DEF-001');
    expect(problem.detail).toMatch(/^w\.yaml:10:\d+: \/do\/1\/bad\/wait/);
  });

  it.each([
    ['run: { shell: { command: ls } }', 'running commands'],
    ['call: http\n      with: { method: get, endpoint: https://example.org }', 'never names a host'],
    ['call: grpc\n      with: {}', 'speak HTTP'],
  ])('refuses %s with the reason', (task, reason) => {
    const problem = problemOf(
      workflow(`
  - it:
      ${task}`),
    );
    expect(problem.code).toBe('GSB-DEF-002');
    expect(problem.detail).toContain(reason);
  });

  it('does not take data for tasks', () => {
    expect(() =>
      loadWorkflow(
        workflow(`
  - data: { set: { call: http, run: { shell: {} } } }`),
        'w.yaml',
      ),
    ).not.toThrow();
  });

  it('reports broken YAML by line', () => {
    expect(problemOf('document: [').detail).toMatch(/^w\.yaml:1:/);
  });
});
