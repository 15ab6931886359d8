Feature: For
  One iteration after the other, each on the output of the one before.

  @feature(for.each) @feature(for.at) @feature(for.in)
  Scenario: Item and index go by the names that the loop gives them
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-names, version: '1.0.0' }
      do:
        - loop:
            for: { each: person, at: place, in: .people }
            do:
              - note: { set: { seen: '${ (.seen // []) + [ "\($place) \($person)" ] }' } }
      """
    And given the workflow input is:
      """yaml
      people: [ Amina, Kwame ]
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      seen: [ 0 Amina, 1 Kwame ]
      """

  @feature(for.each) @feature(for.at) @negative
  Scenario: Outside the loop its variables are unknown
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-scope, version: '1.0.0' }
      do:
        - loop:
            for: { each: person, in: .people }
            do:
              - note: { set: { seen: '${ $person }' } }
        - after: { set: { seen: '${ $person }' } }
      """
    Then the definition should be refused because "$person"

  @feature(for.in) @negative
  Scenario: What is no list cannot be walked through
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-no-list, version: '1.0.0' }
      do:
        - loop:
            for: { in: .people }
            do:
              - note: { set: { a: 1 } }
      """
    And given the workflow input is:
      """yaml
      people: { name: Amina }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      instance: /do/0/loop
      """
    And note should not run

  @feature(for.inline)
  Scenario: The list may stand in the definition
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-inline, version: '1.0.0' }
      do:
        - loop:
            for: { in: [ 1, '${ .two }', 3 ] }
            do:
              - note: { set: { sum: '${ (.sum // 0) + $item }', two: '${ .two }', last: '${ $index }' } }
      """
    And given the workflow input is:
      """yaml
      two: 2
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { sum: 6, two: 2, last: 2 }
      """

  @feature(for.inline) @negative
  Scenario: An empty list does nothing, and the input goes on
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-empty, version: '1.0.0' }
      do:
        - loop:
            for: { in: [] }
            do:
              - note: { set: { a: 1 } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      name: Amina
      """
    And note should not run

  @feature(for.while)
  Scenario: The loop goes on while its condition holds
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-while, version: '1.0.0' }
      do:
        - start: { set: { sum: 0, numbers: [ 1, 2, 3, 4 ] } }
        - loop:
            for: { each: number, in: .numbers }
            while: .sum < 3
            do:
              - add: { set: { sum: '${ .sum + $number }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      sum: 3
      """
    And add should run 2 times

  @feature(for.while) @negative
  Scenario: A condition that never holds runs nothing
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-while-never, version: '1.0.0' }
      do:
        - loop:
            for: { in: '[ 1, 2 ]' }
            while: ${ $index > 5 }
            do:
              - add: { set: { a: 1 } }
      """
    When the workflow is executed
    Then the workflow should complete
    And add should not run

  @feature(for.do)
  Scenario: Several tasks make one iteration, and exit leaves only that one
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-do, version: '1.0.0' }
      do:
        - loop:
            for: { each: number, in: '[ 1, 2, 3 ]' }
            do:
              - choose:
                  switch:
                    - odd: { when: $number % 2 == 1, then: add }
                    - even: { then: exit }
              - add: { set: { odd: '${ (.odd // []) + [ $number ] }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      odd: [ 1, 3 ]
      """

  @feature(for.do) @negative
  Scenario: An iteration that faults ends the loop
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: for-fault, version: '1.0.0' }
      do:
        - loop:
            for: { each: number, in: '[ 1, 2, 3 ]' }
            do:
              - check:
                  if: $number == 2
                  raise: { error: { type: 'https://errors.example/two', status: 400 } }
              - add: { set: { a: '${ $number }' } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/two
      """
    And add should run 1 time
