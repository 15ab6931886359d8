Feature: Wait

  @feature(wait.object)
  Scenario: For the sum of its parts
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wait-object, version: '1.0.0' }
      do:
        - pause: { wait: { days: 1, hours: 2, minutes: 3, seconds: 4, milliseconds: 5 } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should be waiting
    And the next timer should be due at 2026-03-02T10:03:04.005Z
    When the clock moves to the next timer
    Then the workflow should complete with output:
      """yaml
      name: Amina
      """

  @feature(wait.object) @negative
  Scenario: Parts that no duration has are refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wait-weeks, version: '1.0.0' }
      do:
        - pause: { wait: { weeks: 1 } }
      """
    Then the definition should be refused because "/do/0/pause/wait"

  @feature(wait.iso)
  Scenario: For a duration as ISO 8601 writes it, by the calendar
    Given the clock stands at 2026-01-31T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wait-iso, version: '1.0.0' }
      do:
        - pause: { wait: P1MT30M }
      """
    When the workflow is executed
    Then the next timer should be due at 2026-02-28T08:30:00Z
    When the clock moves by P10D
    Then the workflow should be waiting
    When the clock moves by P1M
    Then the workflow should complete

  @feature(wait.iso) @negative
  Scenario: A text that is no duration is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wait-words, version: '1.0.0' }
      do:
        - pause: { wait: two months }
      """
    Then the definition should be refused because "/do/0/pause/wait"

  @feature(wait.expression)
  Scenario: For a duration that is computed
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wait-expression, version: '1.0.0' }
      do:
        - pause: { wait: '${ "PT\(.hours)H" }' }
      """
    And given the workflow input is:
      """yaml
      hours: 3
      """
    When the workflow is executed
    Then the next timer should be due at 2026-03-01T11:00:00Z

  @feature(wait.expression) @negative
  Scenario: An expression that gives no duration faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wait-nonsense, version: '1.0.0' }
      do:
        - pause: { wait: '${ .hours }' }
      """
    And given the workflow input is:
      """yaml
      hours: soon
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      instance: /do/0/pause
      """
