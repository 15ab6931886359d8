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
    ['run: { shell: { command: ls } }', 'nothing in it is run as a program'],
    ['call: asyncapi\n      with: {}', 'Message brokers'],
    ['call: grpc\n      with: {}', 'speak HTTP'],
    ['do: [{ deep: { for: { in: . }, do: [{ er: { call: mcp } }] } }]', 'Agents'],
    ['{ try: [{ a: { set: 1 } }], catch: { do: [{ b: { run: { script: {} } } }] } }', 'as a program'],
    ['{ listen: { to: { any: [] } }, foreach: { do: [{ b: { call: a2a } }] } }', 'Agents'],
    ['{ fork: { branches: [{ b: { run: { container: {} } } }] } }', 'as a program'],
  ])('refuses %s with the reason', (task, reason) => {
    const problem = problemOf(
      workflow(`
  - it:
      ${task}`),
    );
    expect(problem.code).toBe('GSB-DEF-002');
    expect(problem.detail).toContain(reason);
  });

  it('refuses in functions and extensions, too', () => {
    const use = (part: string): string => workflow(`\n  - a: { set: { b: 1 } }`, `use: ${part}`);
    expect(problemOf(use('{ functions: { f: { run: { shell: {} } } } }')).code).toBe('GSB-DEF-002');
    expect(
      problemOf(use('{ extensions: [{ e: { extend: all, after: [{ f: { call: grpc } }] } }] }')).code,
    ).toBe('GSB-DEF-002');
  });

  it('takes call: http', () => {
    expect(() =>
      loadWorkflow(
        workflow(`\n  - a: { call: http, with: { method: get, endpoint: 'https://example.org' } }`),
        'w.yaml',
      ),
    ).not.toThrow();
  });

  it('reports all mistakes of a file at once, in order of place', () => {
    const { detail } = problemOf(
      workflow(`
  - a: { wait: never }
  - b: { set: { a: 1 }, unknown: 1 }
  - c: { call: openapi, with: { operation_id: x } }`),
    );
    const places = detail.split('\n').map((line) => Number(/^w\.yaml:(\d+):/.exec(line)?.[1]));
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(new Set(places).size).toBe(3);
    expect(detail).toContain('did you mean `operationId`?');
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
