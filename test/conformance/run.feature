Feature: Run
  Another workflow, as a run of its own.

  Background:
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: parent, version: '1.0.0' }
      do:
        - child:
            run:
              workflow: { namespace: conformance, name: child, version: '1.0.0', input: { name: '${ .name }' } }
        - after: { set: { heard: '${ .greeting }' } }
      """
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: child, version: '1.0.0' }
      do:
        - pause: { wait: PT1H }
        - greet: { set: { greeting: '${ "Hello \(.name)" }' } }
      """
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: child, version: '2.10.0' }
      do:
        - greet: { set: { greeting: newest } }
      """
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: child, version: '2.9.0' }
      do:
        - greet: { set: { greeting: newer } }
      """
    And given the workflow input is:
      """yaml
      { name: Amina, secret: hidden }
      """

  @feature(run.workflow.name) @feature(run.workflow.namespace) @feature(run.workflow.version) @feature(run.workflow.input) @feature(run.await)
  Scenario: The parent waits for the child's output
    Given the clock stands at 2026-03-01T08:00:00Z
    When the workflow is executed
    Then the workflow should be waiting
    When the clock moves by PT1H
    Then the workflow should complete with output:
      """yaml
      heard: Hello Amina
      """
    And the workflow "child" should have run 1 time

  @feature(run.await) @negative
  Scenario: A parent that does not wait goes on with its own input
    Given the clock stands at 2026-03-01T08:00:00Z
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: hasty, version: '1.0.0' }
      do:
        - child:
            run:
              await: false
              workflow: { namespace: conformance, name: child, version: '1.0.0', input: { name: '${ .name }' } }
        - after: { set: { name: '${ .name }' } }
      """
    When the workflow "hasty" is executed
    Then the workflow should complete with output:
      """yaml
      name: Amina
      """
    When the clock moves by PT1H
    Then the last run of "child" should complete with output:
      """yaml
      greeting: Hello Amina
      """

  @feature(run.workflow.input) @negative
  Scenario: An input that cannot be computed starts nothing
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: clumsy, version: '1.0.0' }
      do:
        - child:
            run: { workflow: { namespace: conformance, name: child, version: '1.0.0', input: { name: '${ .name - 1 }' } } }
      """
    When the workflow "clumsy" is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      """
    And the workflow "child" should have run 0 times

  @feature(run.workflow.latest)
  Scenario: The latest version is the highest, not the last
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: modern, version: '1.0.0' }
      do:
        - child: { run: { workflow: { namespace: conformance, name: child, version: latest } } }
      """
    When the workflow "modern" is executed
    Then the workflow should complete with output:
      """yaml
      greeting: newest
      """

  @feature(run.workflow.latest) @feature(run.workflow.version) @negative
  Scenario: A version that is asked for is the one that runs
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: conservative, version: '1.0.0' }
      do:
        - child: { run: { workflow: { namespace: conformance, name: child, version: '2.9.0' } } }
      """
    When the workflow "conservative" is executed
    Then the workflow should complete with output:
      """yaml
      greeting: newer
      """

  @feature(run.workflow.name) @feature(run.workflow.namespace) @feature(error.configuration) @negative
  Scenario Outline: A workflow that is not there faults (<namespace>/<name>)
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: lost, version: '1.0.0' }
      do:
        - child: { run: { workflow: { namespace: <namespace>, name: <name>, version: '1.0.0' } } }
      """
    When the workflow "lost" is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
      instance: /do/0/child
      """

    Examples:
      | namespace   | name  |
      | conformance | nemo  |
      | elsewhere   | child |

  @feature(run.await) @negative
  Scenario: A child's error is the parent's, who may catch it
    Given another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: unlucky, version: '1.0.0' }
      do:
        - complain: { raise: { error: { type: 'https://errors.example/child', status: 409 } } }
      """
    And another workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: careful, version: '1.0.0' }
      do:
        - attempt:
            try:
              - child: { run: { workflow: { namespace: conformance, name: unlucky, version: '1.0.0' } } }
            catch:
              errors: { with: { type: 'https://errors.example/child' } }
              do:
                - tell: { set: { caught: '${ $error.status }' } }
      """
    When the workflow "careful" is executed
    Then the workflow should complete with output:
      """yaml
      caught: 409
      """
