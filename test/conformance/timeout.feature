Feature: Timeouts
  On the workspace's clock.

  @feature(task.timeout.inline) @feature(error.timeout)
  Scenario: A task that takes too long faults
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-timeout, version: '1.0.0' }
      do:
        - pause: { timeout: { after: { hours: 1 } }, wait: PT2H }
      """
    When the workflow is executed
    And the clock moves by PT1H
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
      status: 408
      instance: /do/0/pause
      """

  @feature(task.timeout.inline) @feature(error.timeout) @negative
  Scenario: A task that is done in time goes on, and its timeout is forgotten
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: task-in-time, version: '1.0.0' }
      do:
        - pause: { timeout: { after: PT1H }, wait: PT59M }
        - next: { wait: PT2H }
      """
    When the workflow is executed
    And the clock moves by PT2H
    Then the workflow should be waiting
    And the next timer should be due at 2026-03-01T10:59:00Z

  @feature(task.timeout.named) @feature(use.timeouts)
  Scenario: A timeout may be named
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: named-timeout, version: '1.0.0' }
      use: { timeouts: { soon: { after: PT5M } } }
      do:
        - attempt:
            try:
              - pause: { timeout: soon, wait: PT1H }
            catch:
              errors: { with: { status: 408 } }
              do:
                - late: { set: { late: true } }
      """
    When the workflow is executed
    And the clock moves by PT5M
    Then the workflow should complete with output:
      """yaml
      late: true
      """

  @feature(task.timeout.named) @feature(use.timeouts) @negative
  Scenario: A timeout that is not declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: undeclared-timeout, version: '1.0.0' }
      do:
        - pause: { timeout: someday, wait: PT1H }
      """
    Then the definition should be refused because "someday"

  @feature(task.timeout.expression)
  Scenario: A timeout may be computed
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: computed-timeout, version: '1.0.0' }
      do:
        - pause: { timeout: { after: '${ .patience }' }, wait: PT1H }
      """
    And given the workflow input is:
      """yaml
      patience: PT10M
      """
    When the workflow is executed
    Then the next timer should be due at 2026-03-01T08:10:00Z

  @feature(task.timeout.expression) @negative
  Scenario: A timeout that computes to no duration faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: computed-nonsense, version: '1.0.0' }
      do:
        - pause: { timeout: { after: '${ .patience }' }, wait: PT1H }
      """
    And given the workflow input is:
      """yaml
      patience: a while
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      """

  @feature(timeout.workflow)
  Scenario: A workflow that takes too long faults
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: workflow-timeout, version: '1.0.0' }
      timeout: { after: PT1H }
      do:
        - first: { wait: PT40M }
        - second: { wait: PT40M }
      """
    When the workflow is executed
    And the clock moves by PT1H
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/timeout
      status: 408
      """

  @feature(timeout.workflow) @negative
  Scenario: A workflow that ends in time completes
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: workflow-in-time, version: '1.0.0' }
      use: { timeouts: { hour: { after: PT1H } } }
      timeout: hour
      do:
        - first: { wait: PT59M }
      """
    When the workflow is executed
    And the clock moves by PT2H
    Then the workflow should complete
    And no timer should be set
