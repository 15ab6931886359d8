Feature: Flow directives
  Where the flow goes after a task.

  @feature(task.then.continue)
  Scenario: Continue goes on to the next task
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: then-continue, version: '1.0.0' }
      do:
        - one: { set: { steps: [ one ] }, then: continue }
        - two: { set: { steps: '${ .steps + [ "two" ] }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      steps: [ one, two ]
      """

  @feature(task.then.continue) @negative
  Scenario: Continue after the last task of a list goes on in the list around it
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: continue-outside, version: '1.0.0' }
      do:
        - inner:
            do:
              - one: { set: { steps: [ one ] }, then: continue }
        - two: { set: { steps: '${ .steps + [ "two" ] }' }, then: continue }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      steps: [ one, two ]
      """

  @feature(task.then.exit)
  Scenario: Exit leaves the list that the task is in, and no more
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: then-exit, version: '1.0.0' }
      do:
        - outer:
            do:
              - inner:
                  do:
                    - one: { set: { steps: [ one ] }, then: exit }
                    - skipped: { set: { steps: '${ .steps + [ "skipped" ] }' } }
              - two: { set: { steps: '${ .steps + [ "two" ] }' } }
        - three: { set: { steps: '${ .steps + [ "three" ] }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      steps: [ one, two, three ]
      """
    And skipped should not run

  @feature(task.then.exit) @negative
  Scenario: Exit at the top ends the workflow
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: exit-at-the-top, version: '1.0.0' }
      do:
        - one: { set: { steps: [ one ] }, then: exit }
        - two: { set: { steps: '${ .steps + [ "two" ] }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      steps: [ one ]
      """
    And two should not run

  @feature(task.then.end)
  Scenario: End ends the workflow from however deep
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: then-end, version: '1.0.0' }
      do:
        - outer:
            do:
              - inner:
                  do:
                    - one: { set: { steps: [ one ] }, then: end }
              - two: { set: { steps: '${ .steps + [ "two" ] }' } }
        - three: { set: { steps: '${ .steps + [ "three" ] }' } }
      output: { as: { all: '${ .steps }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      all: [ one ]
      """
    And two should not run
    And three should not run

  @feature(task.then.end) @negative
  Scenario: End is not an error that could be caught
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: end-is-no-error, version: '1.0.0' }
      do:
        - attempt:
            try:
              - one: { set: { steps: [ one ] }, then: end }
            catch:
              do:
                - caught: { set: { steps: [ caught ] } }
        - two: { set: { steps: '${ .steps + [ "two" ] }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      steps: [ one ]
      """
    And caught should not run

  @feature(task.then.name)
  Scenario: A name goes to the sibling of that name, backwards too
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: then-name, version: '1.0.0' }
      do:
        - start: { set: { count: 0 } }
        - inner:
            do:
              - again: { set: { count: '${ .count + 1 }' } }
              - enough:
                  switch:
                    - notYet: { when: .count < 3, then: again }
                    - done: { then: exit }
              - skipped: { set: { count: 100 } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      count: 3
      """
    And again should run 3 times
    And skipped should not run

  @feature(task.then.name) @negative
  Scenario: A name that no sibling has is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: then-nowhere, version: '1.0.0' }
      do:
        - one: { set: { a: 1 }, then: two }
        - inner:
            do:
              - two: { set: { a: 2 } }
      """
    Then the definition should be refused because "two"
