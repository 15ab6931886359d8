Feature: Extensions
  Tasks before and after those of a kind.

  @feature(extension.extend) @feature(extension.before) @feature(extension.after) @feature(use.extensions)
  Scenario: Tasks run before and after each task of the kind
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: around, version: '1.0.0' }
      use:
        extensions:
          - watch:
              extend: call
              before:
                - begin: { set: { noted: before, id: '${ .id }' }, output: { as: '$input' } }
              after:
                - finish: { set: '${ . }', export: { as: { seen: '${ .path }' } } }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/echo/{id}' } }
        - tell: { set: { seen: '${ $context.seen }' } }
      """
    And given the workflow input is:
      """yaml
      id: one
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      seen: /echo/one
      """
    And begin should run 1 time
    And finish should run 1 time
    And finish should run after ask

  @feature(extension.extend) @feature(use.extensions) @negative
  Scenario: A kind that there is not is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-nothing, version: '1.0.0' }
      use: { extensions: [ { watch: { extend: dance } } ] }
      do:
        - tell: { set: { a: 1 } }
      """
    Then the definition should be refused because "extend"

  @feature(extension.extend) @feature(extension.after) @negative
  Scenario: Tasks of other kinds are left alone
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-others, version: '1.0.0' }
      use:
        extensions:
          - watch: { extend: wait, after: [ { finish: { set: { a: 1 } } } ] }
      do:
        - tell: { set: { b: 2 } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      b: 2
      """
    And finish should not run

  @feature(extension.extend)
  Scenario: All extends every kind
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-all, version: '1.0.0' }
      use:
        extensions:
          - watch:
              extend: all
              before:
                - begin: { set: '${ . }', export: { as: { count: '${ ($context.count // 0) + 1 }' } } }
      do:
        - one: { set: { a: 1 } }
        - two: { wait: PT1S }
        - tell: { set: { count: '${ $context.count }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      count: 3
      """

  @feature(extension.when)
  Scenario: An extension applies when its condition holds
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-when, version: '1.0.0' }
      use:
        extensions:
          - watch:
              extend: set
              when: $task.name == "two"
              after:
                - finish: { set: { from: '${ .from }' }, export: { as: { extended: '${ .from }' } } }
      do:
        - one: { set: { from: one } }
        - two: { set: { from: two } }
        - tell: { set: { extended: '${ $context.extended }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      extended: two
      """
    And finish should run 1 time

  @feature(extension.when) @negative
  Scenario: An extension whose condition does not hold does nothing
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-not-when, version: '1.0.0' }
      use:
        extensions:
          - watch: { extend: set, when: '${ false }', after: [ { finish: { set: { extended: true } } } ] }
      do:
        - one: { set: { from: one } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      from: one
      """

  @feature(extension.exit)
  Scenario: Exit in before takes the place of the task
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-exit, version: '1.0.0' }
      use:
        extensions:
          - mock:
              extend: call
              when: $task.definition.with.method == "get"
              before:
                - pretend: { set: { pretended: true }, then: exit }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/echo' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      pretended: true
      """
    And services.example should receive 0 requests

  @feature(extension.exit) @feature(extension.before) @negative
  Scenario: Without exit the task runs too, on its own input
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: extend-no-exit, version: '1.0.0' }
      use:
        extensions:
          - prepare: { extend: call, before: [ { put: { set: { id: two } } } ] }
      do:
        - ask:
            call: http
            with: { method: get, endpoint: 'https://services.example/echo/{id}' }
            output: { as: .path }
      """
    And given the workflow input is:
      """yaml
      id: one
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /echo/one
      """
    And services.example should receive 1 request
