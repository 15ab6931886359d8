Feature: Data of a workflow
  A workflow's input is checked and then transformed; its output is transformed and then checked.

  Background:
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: workflow-data, version: '1.0.0' }
      input:
        schema:
          format: json
          document: { type: object, required: [ person ], properties: { person: { type: object } } }
        from: .person
      do:
        - greet: { set: { greeting: '${ "Hello \(.name)" }', length: '${ .name | length }' } }
      output:
        as: { text: '${ .greeting }', length: '${ .length }' }
        schema:
          document: { type: object, properties: { length: { type: integer, maximum: 5 } } }
      """

  @feature(input.schema) @feature(input.from) @feature(output.as) @feature(output.schema) @feature(schema.format)
  Scenario: Data that fits goes through
    Given the workflow input is:
      """yaml
      person: { name: Amina }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { text: Hello Amina, length: 5 }
      """

  @feature(input.schema) @negative
  Scenario: Input that does not fit its schema faults the workflow
    Given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      status: 400
      """
    And greet should not run

  @feature(input.from) @negative
  Scenario: An input expression that fails faults the workflow
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: failing-from, version: '1.0.0' }
      input: { from: .person + 1 }
      do:
        - greet: { set: { a: 1 } }
      """
    And given the workflow input is:
      """yaml
      person: { name: Amina }
      """
    When the workflow "failing-from" is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      status: 400
      """

  @feature(output.schema) @negative
  Scenario: Output that does not fit its schema faults the workflow
    Given the workflow input is:
      """yaml
      person: { name: Emmanuel }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      status: 400
      """

  @feature(output.as) @negative
  Scenario: An output expression that fails faults the workflow
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: failing-as, version: '1.0.0' }
      do:
        - greet: { set: { words: hello } }
      output: { as: .words - 1 }
      """
    When the workflow "failing-as" is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      """

  @feature(schema.format) @negative
  Scenario: A schema in a format that is not JSON is refused
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: avro, version: '1.0.0' }
      input: { schema: { format: avro, document: { type: record } } }
      do:
        - greet: { set: { a: 1 } }
      """
    Then the definition should be refused because "avro"

  @feature(schema.resource)
  Scenario: A schema may lie in a file beside the definition
    Given the file "schemas/person.yaml" is:
      """yaml
      { type: object, required: [ name ], properties: { name: { type: string } } }
      """
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: schema-elsewhere, version: '1.0.0' }
      input: { schema: { resource: { endpoint: schemas/person.yaml } } }
      do:
        - greet: { set: { name: '${ .name }' } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow "schema-elsewhere" is executed
    Then the workflow should complete with output:
      """yaml
      name: Amina
      """

  @feature(schema.resource) @negative
  Scenario: Data that does not fit a schema in a file faults the workflow
    Given the file "schemas/person.yaml" is:
      """yaml
      { type: object, required: [ name ], properties: { name: { type: string } } }
      """
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: schema-elsewhere, version: '1.0.0' }
      input: { schema: { resource: { endpoint: schemas/person.yaml } } }
      do:
        - greet: { set: { name: '${ .name }' } }
      """
    And given the workflow input is:
      """yaml
      name: 12
      """
    When the workflow "schema-elsewhere" is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      """

  @feature(schema.resource) @negative
  Scenario: A schema on another host is refused
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: schema-abroad, version: '1.0.0' }
      input: { schema: { resource: { endpoint: 'https://services.example/schemas/person.json' } } }
      do:
        - greet: { set: { name: '${ .name }' } }
      """
    Then the definition should be refused because "/input/schema/resource/endpoint"
