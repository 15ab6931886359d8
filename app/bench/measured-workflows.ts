import type { TaskList, WorkflowDocument } from '../../contracts/workflow.js';

export const CALLS = 10;

/** Ten HTTP calls in a row, each with input, output and export, and an expression in its body. */
export function tenCalls(url: string): WorkflowDocument {
  const steps = Array.from({ length: CALLS }, (_, at) => ({
    [`call${at + 1}`]: {
      call: 'http',
      with: { method: 'post', endpoint: { uri: url }, body: { n: '${ .n + 1 }', from: 'bench' } },
      input: { from: '{n: .n, for: $workflow.id}' },
      output: { as: '{n: .n}' },
      export: { as: '{steps: ((($context.steps) // 0) + 1), last: .n}' },
    },
  }));
  return workflow('ten-calls', steps);
}

/** One parallel map: an HTTP call for each item of the input. */
export function mapOfCalls(url: string, concurrency: number): WorkflowDocument {
  return workflow('map-of-calls', [
    {
      each: {
        for: { each: 'item', in: '${ [range($workflow.input.items)] }' },
        metadata: { sandbox: { concurrency } },
        do: [
          {
            call: {
              call: 'http',
              with: { method: 'post', endpoint: { uri: url }, body: { n: '${ $item }' } },
              output: { as: '.n' },
            },
          },
        ],
        output: { as: 'length' },
      },
    },
  ]);
}

function workflow(name: string, steps: TaskList): WorkflowDocument {
  return { document: { dsl: '1.0.3', namespace: 'bench', name, version: '1.0.0' }, do: steps };
}
