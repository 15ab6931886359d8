/** The README of a new use case. */
export function readmeOf(id: string, title: string): string {
  return `# ${title}

**Training only.** The people are invented, nothing that is decided here is real.

A citizen makes a request, gets a message that it has arrived, and a case officer decides. It is small and complete: change it
step by step, and look after each step whether it still holds.

| File                           | What                                                                       |
| ------------------------------ | -------------------------------------------------------------------------- |
| \`use-case.yaml\`                | steps, services of building blocks with their access rights, kinds of case |
| \`workflows/request.yaml\`       | what happens, in the Open Workflow Specification DSL 1.0.3                 |
| \`forms/\`                       | what people fill in, as JSON Schema                                        |
| \`personas.yaml\`                | who can be played                                                          |
| \`locales/\`                     | every text in every language                                               |
| \`scenarios/first-request.yaml\` | the demo, which is the test, too                                           |

\`\`\`sh
sandbox validate usecases/${id}   # what is wrong, why, and the fix
sandbox run ${id}                 # plays the scenario
sandbox up                        # http://localhost:4000
\`\`\`

With \`sandbox up\` running, editors that know the YAML language server complete and check the workflow as you type: its first
line names the schema.
`;
}
