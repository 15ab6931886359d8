Feature: Try and catch

  @feature(try.errors.with)
  Scenario Outline: An error is caught by its <member>
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: caught-by, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain:
                  raise:
                    error:
                      type: https://errors.example/incomplete
                      status: 422
                      title: Incomplete
                      detail: No date of birth
            catch:
              errors: { with: { <member>: <value> } }
              do:
                - tell: { set: { caught: '${ $error.<member> }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      caught: <value>
      """

    Examples:
      | member   | value                             |
      | type     | https://errors.example/incomplete |
      | status   | 422                               |
      | title    | Incomplete                        |
      | detail   | No date of birth                  |
      | instance | /do/0/attempt/try/0/complain      |

  @feature(try.errors.with) @negative
  Scenario Outline: An error of another <member> goes through
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: not-caught-by, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain:
                  raise:
                    error:
                      type: https://errors.example/incomplete
                      status: 422
                      title: Incomplete
                      detail: No date of birth
            catch:
              errors: { with: { status: 422, <member>: <value> } }
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/incomplete
      """
    And tell should not run

    Examples:
      | member   | value                         |
      | type     | https://errors.example/other  |
      | title    | Complete                      |
      | detail   | No name                       |
      | instance | /do/1/attempt/try/0/complain  |

  @feature(try.errors.with) @negative
  Scenario: An error of another status goes through
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: not-caught-by-status, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/incomplete', status: 422 } } }
            catch:
              errors: { with: { status: 400 } }
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 422
      """

  @feature(try.catch.as)
  Scenario: The caught error goes by the name that the catch gives it, and by error without
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-as, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              as: problem
              do:
                - tell: { set: { first: '${ $problem.status }' } }
        - again:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 419 } } }
            catch:
              do:
                - tell: { set: { first: '${ .first }', second: '${ $error.status }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { first: 418, second: 419 }
      """

  @feature(try.catch.as) @negative
  Scenario: Outside its catch the error is unknown
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-as-outside, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              as: problem
        - tell: { set: { status: '${ $problem.status }' } }
      """
    Then the definition should be refused because "$problem"

  @feature(try.catch.when)
  Scenario: When its condition holds, the error is caught
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-when, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              as: problem
              when: $problem.status >= 400 and $problem.status < 500
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      caught: true
      """

  @feature(try.catch.when) @negative
  Scenario: When its condition does not hold, the error goes through
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-not-when, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              when: $error.status >= 500
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 418
      """

  @feature(try.catch.exceptWhen)
  Scenario: An exception that does not hold leaves the error caught
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-except-not, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              exceptWhen: $error.status == 500
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      caught: true
      """

  @feature(try.catch.exceptWhen) @negative
  Scenario: An exception that holds lets the error through
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-except, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              exceptWhen: ${ $error.status == 418 }
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 418
      """

  @feature(try.catch.do) @feature(try.try)
  Scenario: The tasks of a catch start from the input of the try
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-do, version: '1.0.0' }
      do:
        - attempt:
            try:
              - change: { set: { name: changed } }
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              do:
                - first: { set: { name: '${ .name }' } }
                - second: { set: { greeting: '${ "Hello \(.name)" }' } }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      greeting: Hello Amina
      """

  @feature(try.catch.do) @feature(try.try) @negative
  Scenario: What works needs no catch, and an error in the catch is not caught by it
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-do-fails, version: '1.0.0' }
      do:
        - fine:
            try:
              - work: { set: { worked: true } }
            catch:
              do:
                - never: { set: { worked: false } }
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              do:
                - worse: { raise: { error: { type: 'https://errors.example/b', status: 500 } } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/b
      instance: /do/1/attempt/catch/do/0/worse
      """
    And never should not run

  @feature(try.catch.then)
  Scenario: A catch may say where to go on
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-then, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/a', status: 418 } } }
            catch:
              do:
                - tell: { set: { caught: true } }
              then: later
        - skipped: { set: { caught: false } }
        - later: { set: { caught: '${ .caught }', later: true } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { caught: true, later: true }
      """
    And skipped should not run

  @feature(try.catch.then) @negative
  Scenario: Where nothing is caught, the catch directs nothing
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: catch-then-unused, version: '1.0.0' }
      do:
        - attempt:
            try:
              - work: { set: { worked: true } }
            catch: { then: end }
        - next: { set: { next: true } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      next: true
      """
