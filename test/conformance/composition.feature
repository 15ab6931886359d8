Feature: Do, set, switch and fork
  Tasks that compose others, and those that only transform.

  @feature(do)
  Scenario: Tasks of a list run one after the other, each on the output of the one before
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: do-list, version: '1.0.0' }
      do:
        - outer:
            do:
              - one: { set: { steps: [ one ] } }
              - two: { set: { steps: '${ .steps + [ "two" ] }' } }
            output: { as: .steps }
        - three: { set: { steps: '${ . + [ "three" ] }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      steps: [ one, two, three ]
      """
    And outer should run first
    And two should run after one

  @feature(do) @negative
  Scenario: A task that faults ends its list
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: do-fault, version: '1.0.0' }
      do:
        - outer:
            do:
              - one: { raise: { error: { type: 'https://errors.example/one', status: 500 } } }
              - two: { set: { a: 1 } }
        - three: { set: { a: 1 } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/one
      instance: /do/0/outer/do/0/one
      """
    And two should not run
    And three should not run

  @feature(set.object)
  Scenario: Set makes an object, expressions at any depth of it
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: set-object, version: '1.0.0' }
      do:
        - make:
            set:
              plain: '.name'
              deep: { list: [ 1, '${ .name }', { name: '${ .name }' } ] }
              nothing: null
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      plain: .name
      deep: { list: [ 1, Amina, { name: Amina } ] }
      nothing: null
      """

  @feature(set.object) @negative
  Scenario: Set of nothing is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: set-nothing, version: '1.0.0' }
      do:
        - make: { set: {} }
      """
    Then the definition should be refused because "/do/0/make/set"

  @feature(set.object) @negative
  Scenario: Set of what is neither an object nor an expression is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: set-number, version: '1.0.0' }
      do:
        - make: { set: 12 }
      """
    Then the definition should be refused because "/do/0/make/set"

  @feature(set.expression)
  Scenario: Set takes one expression for all
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: set-expression, version: '1.0.0' }
      do:
        - make: { set: '${ .person | { name, age } }' }
      """
    And given the workflow input is:
      """yaml
      person: { name: Amina, age: 34, phone: '12' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { name: Amina, age: 34 }
      """

  @feature(set.expression) @feature(expression.data) @negative
  Scenario: An expression that lies in the data is data
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: set-data, version: '1.0.0' }
      do:
        - make: { set: { name: '${ .name }' } }
        - again: { set: '${ . }' }
      """
    And given the workflow input is:
      """yaml
      name: '${ 1 + 1 }'
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      name: '${ 1 + 1 }'
      """

  @feature(switch.when) @feature(switch.then)
  Scenario: The first case that holds decides
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: switch-when, version: '1.0.0' }
      do:
        - decide:
            switch:
              - poor: { when: .income < 100, then: enrol }
              - modest: { when: '${ .income < 1000 }', then: review }
              - any: { then: refuse }
        - refuse: { set: { decision: refused }, then: end }
        - review: { set: { decision: review }, then: end }
        - enrol: { set: { decision: enrolled }, then: end }
      """
    And given the workflow input is:
      """yaml
      income: 50
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      decision: enrolled
      """

  @feature(switch.default)
  Scenario: A case without a condition takes what no other takes
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: switch-default, version: '1.0.0' }
      do:
        - decide:
            switch:
              - poor: { when: .income < 100, then: end }
              - any: { then: refuse }
        - skipped: { set: { decision: skipped } }
        - refuse: { set: { decision: refused } }
      """
    And given the workflow input is:
      """yaml
      income: 5000
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      decision: refused
      """

  @feature(switch.default) @negative
  Scenario: Without a matching case the switch's own directive decides
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: switch-none, version: '1.0.0' }
      do:
        - decide:
            switch:
              - poor: { when: .income < 100, then: end }
            then: later
        - skipped: { set: { decision: skipped } }
        - later: { set: { decision: later, income: '${ .income }' } }
      """
    And given the workflow input is:
      """yaml
      income: 5000
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { decision: later, income: 5000 }
      """
    And skipped should not run

  @feature(switch.when) @negative
  Scenario: A condition that fails faults the switch
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: switch-fails, version: '1.0.0' }
      do:
        - decide:
            switch:
              - poor: { when: '.income | keys | length > 1', then: end }
      """
    And given the workflow input is:
      """yaml
      income: 50
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      instance: /do/0/decide
      """

  @feature(switch.then) @negative
  Scenario: A case that goes nowhere is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: switch-nowhere, version: '1.0.0' }
      do:
        - decide:
            switch:
              - poor: { when: .a, then: elsewhere }
      """
    Then the definition should be refused because "elsewhere"

  @feature(fork.branches)
  Scenario: Branches run on the same input, and their outputs stand in their order
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: fork-branches, version: '1.0.0' }
      do:
        - both:
            fork:
              branches:
                - slow:
                    do:
                      - pause: { wait: PT1H }
                      - one: { set: { name: '${ .name }', branch: slow } }
                - fast: { set: { name: '${ .name }', branch: fast } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    And the clock moves by PT1H
    Then the workflow should complete with output:
      """yaml
      - { name: Amina, branch: slow }
      - { name: Amina, branch: fast }
      """
    And one should run after fast

  @feature(fork.branches) @negative
  Scenario: A branch that faults faults the fork, and the others are given up
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: fork-fault, version: '1.0.0' }
      do:
        - both:
            fork:
              branches:
                - slow: { wait: PT1H }
                - broken: { raise: { error: { type: 'https://errors.example/broken', status: 409 } } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/broken
      status: 409
      instance: /do/0/both/fork/branches/1/broken
      """
    And no timer should be set

  @feature(fork.compete)
  Scenario: The first branch to end wins
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: fork-compete, version: '1.0.0' }
      do:
        - race:
            fork:
              compete: true
              branches:
                - slow:
                    do:
                      - long: { wait: PT2H }
                      - one: { set: { winner: slow } }
                - fast:
                    do:
                      - short: { wait: PT1H }
                      - two: { set: { winner: fast } }
      """
    When the workflow is executed
    And the clock moves by PT1H
    Then the workflow should complete with output:
      """yaml
      winner: fast
      """
    And one should not run
    And no timer should be set

  @feature(fork.compete) @negative
  Scenario: Without competition the slow branch is waited for
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: fork-no-compete, version: '1.0.0' }
      do:
        - both:
            fork:
              compete: false
              branches:
                - long: { wait: PT2H }
                - short: { wait: PT1H }
      """
    When the workflow is executed
    And the clock moves by PT1H
    Then the workflow should be waiting
