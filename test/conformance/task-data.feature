Feature: Data of a task
  Order of the data flow: schema of the input, from, the task, as, schema of the output, export.as, schema of the export.

  @feature(task.input.schema) @feature(task.input.from)
  Scenario: A task sees its input as it was checked and transformed
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-input, version: '1.0.0' }
      do:
        - greet:
            input:
              schema: { document: { type: object, required: [ person ] } }
              from: { name: '${ .person.name }' }
            set: { greeting: '${ "Hello \(.name)" }' }
      """
    And given the workflow input is:
      """yaml
      person: { name: Amina, secret: hidden }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeting: Hello Amina
      """

  @feature(task.input.schema) @negative
  Scenario: A task whose input does not fit faults before it runs
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-input-schema, version: '1.0.0' }
      do:
        - send:
            input: { schema: { document: { type: object, required: [ person ] } } }
            call: http
            with: { method: post, endpoint: 'https://services.example/echo' }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      status: 400
      instance: /do/0/send
      """
    And services.example should receive 0 requests

  @feature(task.input.from) @negative
  Scenario: A task whose input expression fails faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-input-from, version: '1.0.0' }
      do:
        - greet:
            input: { from: '.name | keys' }
            set: { a: 1 }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      instance: /do/0/greet
      """

  @feature(task.output.as) @feature(task.output.schema)
  Scenario: What comes next sees the output as it was transformed and checked
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-output, version: '1.0.0' }
      do:
        - count:
            set: { items: [ a, b ] }
            output:
              as: { size: '${ .items | length }', asked: '${ $input.question }' }
              schema: { document: { type: object, properties: { size: { const: 2 } } } }
        - double: { set: { twice: '${ .size * 2 }', asked: '${ .asked }' } }
      """
    And given the workflow input is:
      """yaml
      question: how many
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { twice: 4, asked: how many }
      """

  @feature(task.output.schema) @negative
  Scenario: A task whose output does not fit faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-output-schema, version: '1.0.0' }
      do:
        - count:
            set: { items: [ a, b ] }
            output:
              as: .items
              schema: { document: { type: array, maxItems: 1 } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      instance: /do/0/count
      """

  @feature(task.output.as) @negative
  Scenario: A task whose output expression fails faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-output-as, version: '1.0.0' }
      do:
        - count:
            set: { items: many }
            output: { as: '.items | tonumber' }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      instance: /do/0/count
      """

  @feature(task.export.as) @feature(task.export.schema) @feature(expression.context)
  Scenario: What is exported is the context of what comes later
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-export, version: '1.0.0' }
      do:
        - first:
            set: { number: 7 }
            export:
              as: '$context + { first: .number }'
              schema: { document: { type: object, required: [ first ] } }
        - second:
            set: { number: 8 }
            export: { as: '$context + { second: .number }' }
        - both: { set: '${ $context }' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { first: 7, second: 8 }
      """

  @feature(task.export.schema) @negative
  Scenario: A context that does not fit faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-export-schema, version: '1.0.0' }
      do:
        - first:
            set: { number: 7 }
            export:
              as: { first: '${ .number }' }
              schema: { document: { properties: { first: { type: string } } } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      instance: /do/0/first
      """

  @feature(task.export.as) @negative
  Scenario: An export expression that fails faults, and its output is not the context
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-export-as, version: '1.0.0' }
      do:
        - attempt:
            try:
              - first: { set: { number: 7 }, export: { as: .number.deeper } }
            catch:
              as: problem
              do:
                - tell: { set: { context: '${ $context }', status: '${ $problem.status }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { context: null, status: 400 }
      """

  @feature(task.if)
  Scenario: A task whose condition holds runs
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: if-holds, version: '1.0.0' }
      do:
        - greet: { if: '.name == "Amina"', set: { greeted: true } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeted: true
      """

  @feature(task.if) @negative
  Scenario: A task whose condition does not hold is passed over, its output and export too
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: if-does-not-hold, version: '1.0.0' }
      do:
        - greet:
            if: ${ .name == "Kwame" }
            set: { greeted: true }
            output: { as: .greeted }
            export: { as: { changed: true } }
            then: end
        - tell: { set: { name: '${ .name }', context: '${ $context }' } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { name: Amina, context: null }
      """
    And greet should not run

  @feature(task.metadata)
  Scenario: Metadata says what it likes and changes nothing
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: metadata, version: '1.0.0' }
      do:
        - greet:
            metadata: { owner: ministry, expression: '${ .never | error }' }
            set: { owner: '${ $task.definition.metadata.owner }' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      owner: ministry
      """

  @feature(task.metadata) @negative
  Scenario: Metadata that is no object is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: metadata-refused, version: '1.0.0' }
      do:
        - greet: { metadata: words, set: { a: 1 } }
      """
    Then the definition should be refused because "/do/0/greet/metadata"
