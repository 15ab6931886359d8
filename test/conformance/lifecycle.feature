Feature: Lifecycle events
  Each transition of a workflow and of its tasks, as a CloudEvent.

  @feature(lifecycle.workflow.started) @feature(lifecycle.workflow.completed)
  @feature(lifecycle.task.created) @feature(lifecycle.task.started) @feature(lifecycle.task.completed)
  Scenario: A workflow and its task begin and complete
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: plain-life, version: '1.0.0' }
      do:
        - pause: { wait: PT1H }
        - greet: { set: { greeting: hello } }
      """
    When the workflow is executed
    Then the lifecycle events should be:
      """yaml
      [ workflow started, task created pause, task started pause ]
      """
    When the clock moves by PT1H
    Then the lifecycle events should be:
      """yaml
      - workflow started
      - task created pause
      - task started pause
      - task completed pause
      - task created greet
      - task started greet
      - task completed greet
      - workflow completed
      """
    And the lifecycle event "workflow started" should say:
      """yaml
      specversion: '1.0'
      type: io.serverlessworkflow.workflow.started.v1
      time: '2026-03-01T08:00:00.000Z'
      data: { definition: { namespace: conformance, name: plain-life, version: 1.0.0 } }
      """
    And the lifecycle event "task completed pause" should say:
      """yaml
      time: '2026-03-01T09:00:00.000Z'
      data: { task: /do/0/pause, completedAt: '2026-03-01T09:00:00.000Z' }
      """

  @feature(lifecycle.workflow.started) @feature(lifecycle.workflow.completed)
  @feature(lifecycle.task.created) @feature(lifecycle.task.started) @feature(lifecycle.task.completed) @negative
  Scenario: A task that is passed over has no life
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-life, version: '1.0.0' }
      do:
        - greet: { if: '${ false }', set: { greeting: hello } }
      """
    When the workflow is executed
    Then the lifecycle events should be:
      """yaml
      [ workflow started, workflow completed ]
      """

  @feature(lifecycle.workflow.faulted) @feature(lifecycle.task.faulted)
  Scenario: A task and its workflow fault
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: faulted-life, version: '1.0.0' }
      do:
        - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
      """
    When the workflow is executed
    Then the lifecycle events should be:
      """yaml
      - workflow started
      - task created complain
      - task started complain
      - task faulted complain
      - workflow faulted
      """
    And the lifecycle event "workflow faulted" should say:
      """yaml
      data: { error: { type: 'https://errors.example/a', status: 418, instance: /do/0/complain } }
      """

  @feature(lifecycle.workflow.faulted) @feature(lifecycle.task.faulted) @negative
  Scenario: A fault that is caught is the task's, not the workflow's
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: caught-life, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch: { as: problem }
      """
    When the workflow is executed
    Then the lifecycle events should be:
      """yaml
      - workflow started
      - task created attempt
      - task started attempt
      - task created complain
      - task started complain
      - task faulted complain
      - task completed attempt
      - workflow completed
      """

  @feature(lifecycle.workflow.suspended) @feature(lifecycle.workflow.resumed)
  @feature(lifecycle.task.suspended) @feature(lifecycle.task.resumed)
  Scenario: A workflow is suspended and resumed, and its tasks with it
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: suspended-life, version: '1.0.0' }
      do:
        - pause: { wait: PT1H }
      """
    When the workflow is executed
    And the workflow is suspended
    Then the workflow should be suspended
    When the clock moves by PT2H
    Then the workflow should be suspended
    When the workflow is resumed
    Then the workflow should complete
    And the lifecycle events should be:
      """yaml
      - workflow started
      - task created pause
      - task started pause
      - workflow suspended
      - task suspended pause
      - workflow resumed
      - task resumed pause
      - task completed pause
      - workflow completed
      """

  @feature(lifecycle.workflow.suspended) @feature(lifecycle.workflow.resumed)
  @feature(lifecycle.task.suspended) @feature(lifecycle.task.resumed) @negative
  Scenario: What has ended is not suspended any more
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: ended-life, version: '1.0.0' }
      do:
        - greet: { set: { greeting: hello } }
      """
    When the workflow is executed
    And the workflow is suspended
    Then the workflow should complete
    And the lifecycle events should be:
      """yaml
      - workflow started
      - task created greet
      - task started greet
      - task completed greet
      - workflow completed
      """

  @feature(lifecycle.workflow.cancelled) @feature(lifecycle.task.cancelled)
  Scenario: A workflow is cancelled, and its tasks with it
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: cancelled-life, version: '1.0.0' }
      do:
        - outer:
            do:
              - pause: { wait: PT1H }
      """
    When the workflow is executed
    And the workflow is cancelled
    Then the workflow should be cancelled
    And no timer should be set
    And the lifecycle events should be:
      """yaml
      - workflow started
      - task created outer
      - task started outer
      - task created pause
      - task started pause
      - task cancelled pause
      - task cancelled outer
      - workflow cancelled
      """

  @feature(lifecycle.workflow.cancelled) @feature(lifecycle.task.cancelled) @negative
  Scenario: A branch that loses is cancelled, and its workflow is not
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: losing-life, version: '1.0.0' }
      do:
        - race:
            fork:
              compete: true
              branches:
                - slow: { wait: PT2H }
                - fast: { set: { winner: fast } }
      """
    When the workflow is executed
    Then the workflow should complete
    And the lifecycle events should be:
      """yaml
      - workflow started
      - task created race
      - task started race
      - task created slow
      - task started slow
      - task created fast
      - task started fast
      - task completed fast
      - task cancelled slow
      - task completed race
      - workflow completed
      """

  @feature(lifecycle.task.retried)
  Scenario: A task that is tried again is retried
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: retried-life, version: '1.0.0' }
      do:
        - attempt:
            try:
              - ask: { call: http, with: { method: get, endpoint: 'https://services.example/flaky/1' } }
            catch:
              retry: { delay: PT1S, limit: { attempt: { count: 2 } } }
      """
    When the workflow is executed
    Then the workflow should complete
    And the lifecycle events should be:
      """yaml
      - workflow started
      - task created attempt
      - task started attempt
      - task created ask
      - task started ask
      - task faulted ask
      - task retried attempt
      - task created ask
      - task started ask
      - task completed ask
      - task completed attempt
      - workflow completed
      """

  @feature(lifecycle.task.retried) @feature(lifecycle.status-changed) @negative
  Scenario: A task that works at once is not retried
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: not-retried-life, version: '1.0.0' }
      do:
        - attempt:
            try:
              - greet: { set: { greeting: hello } }
            catch:
              retry: { delay: PT1S, limit: { attempt: { count: 2 } } }
      """
    When the workflow is executed
    Then the lifecycle events should be:
      """yaml
      - workflow started
      - task created attempt
      - task started attempt
      - task created greet
      - task started greet
      - task completed greet
      - task completed attempt
      - workflow completed
      """

  @feature(lifecycle.workflow.correlation-started) @feature(lifecycle.workflow.correlation-completed)
  Scenario: A workflow that listens correlates
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: correlated-life, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.paid.v1 }
      """
    Then the lifecycle events should be:
      """yaml
      - workflow started
      - task created hear
      - task started hear
      - workflow correlation-started
      - workflow correlation-completed
      - task completed hear
      - workflow completed
      """

  @feature(lifecycle.workflow.correlation-started) @feature(lifecycle.workflow.correlation-completed) @negative
  Scenario: Another event completes no correlation
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: uncorrelated-life, version: '1.0.0' }
      do:
        - hear: { listen: { to: { one: { with: { type: example.paid.v1 } } } } }
      """
    When the workflow is executed
    And the event is published:
      """yaml
      { type: example.refused.v1 }
      """
    Then the lifecycle events should be:
      """yaml
      [ workflow started, task created hear, task started hear, workflow correlation-started ]
      """
