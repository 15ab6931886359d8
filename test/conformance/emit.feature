Feature: Emit

  @feature(emit.id) @feature(emit.source) @feature(emit.type) @feature(emit.time) @feature(emit.subject)
  @feature(emit.datacontenttype) @feature(emit.dataschema) @feature(emit.data) @feature(emit.extension)
  Scenario: Every attribute of an event may be given
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: emit-all, version: '1.0.0' }
      do:
        - tell:
            emit:
              event:
                with:
                  id: ${ "told-\(.number)" }
                  source: https://services.example/tellers
                  type: example.application.told.v1
                  time: '2026-02-03T04:05:06Z'
                  subject: ${ .person }
                  datacontenttype: application/json
                  dataschema: https://services.example/schemas/told.json
                  data: { number: '${ .number }' }
                  district: north
      """
    And given the workflow input is:
      """yaml
      { number: 7, person: person-1 }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      specversion: '1.0'
      id: told-7
      source: https://services.example/tellers
      type: example.application.told.v1
      time: '2026-02-03T04:05:06Z'
      subject: person-1
      datacontenttype: application/json
      dataschema: https://services.example/schemas/told.json
      data: { number: 7 }
      district: north
      """

  @feature(emit.id) @feature(emit.time) @feature(emit.source) @negative
  Scenario: Identifier and instant that are not given are made
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: emit-little, version: '1.0.0' }
      do:
        - tell: { emit: { event: { with: { type: example.told.v1 } } } }
      """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have properties 'id', 'source', 'specversion'
    And the workflow output should have a 'time' property with value:
      """yaml
      '2026-03-01T08:00:00.000Z'
      """
    And the workflow output should not have a 'data' property

  @feature(emit.type) @negative
  Scenario: An event without a type is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: emit-untyped, version: '1.0.0' }
      do:
        - tell: { emit: { event: { with: { source: 'https://services.example/tellers' } } } }
      """
    Then the definition should be refused because ""type" is missing"

  @feature(emit.subject) @feature(emit.datacontenttype) @feature(emit.dataschema) @feature(emit.data) @feature(emit.extension) @negative
  Scenario Outline: An attribute <member> that cannot be computed faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: emit-broken, version: '1.0.0' }
      do:
        - tell:
            emit:
              event:
                with: { source: 'https://services.example/tellers', type: example.told.v1, <member>: '${ .name - 1 }' }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      instance: /do/0/tell
      """

    Examples:
      | member          |
      | subject         |
      | datacontenttype |
      | dataschema      |
      | data            |
      | district        |
