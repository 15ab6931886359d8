/** A whole document around some tasks. */
export const workflow = (tasks: string, head = ''): string => `document:
  dsl: '1.0.3'
  namespace: test
  name: test
  version: '1.0.0'
${head}
do:
${tasks}`;
