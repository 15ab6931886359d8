Feature: Raise, and the errors of the language

  @feature(raise.inline)
  Scenario: An error as it stands, with all its members
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: raise-inline, version: '1.0.0' }
      do:
        - complain:
            raise:
              error:
                type: https://errors.example/incomplete
                status: 422
                title: The application is incomplete
                detail: The date of birth is missing
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/incomplete
      status: 422
      title: The application is incomplete
      detail: The date of birth is missing
      instance: /do/0/complain
      """

  @feature(raise.inline) @negative
  Scenario: An error without a type is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: raise-untyped, version: '1.0.0' }
      do:
        - complain: { raise: { error: { status: 422 } } }
      """
    Then the definition should be refused because "/do/0/complain"

  @feature(raise.named) @feature(use.errors)
  Scenario: An error by its name
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: raise-named, version: '1.0.0' }
      use: { errors: { incomplete: { type: 'https://errors.example/incomplete', status: 422, title: Incomplete } } }
      do:
        - inner:
            do:
              - complain: { raise: { error: incomplete } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/incomplete
      status: 422
      title: Incomplete
      instance: /do/0/inner/do/0/complain
      """

  @feature(raise.named) @feature(use.errors) @negative
  Scenario: An error that is not declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: raise-undeclared, version: '1.0.0' }
      do:
        - complain: { raise: { error: nowhere } }
      """
    Then the definition should be refused because "nowhere"

  @feature(raise.expression)
  Scenario: What an error says may be computed
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: raise-computed, version: '1.0.0' }
      use:
        errors:
          wrong:
            type: ${ "https://errors.example/\(.kind)" }
            status: 400
            title: ${ "Wrong \(.kind)" }
            detail: ${ "\(.kind) is \(.value)" }
      do:
        - complain: { raise: { error: wrong } }
      """
    And given the workflow input is:
      """yaml
      { kind: age, value: -1 }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/age
      title: Wrong age
      detail: age is -1
      """

  @feature(raise.expression) @negative
  Scenario: A computed error that cannot be computed is an error of the expression
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: raise-not-computed, version: '1.0.0' }
      do:
        - complain: { raise: { error: { type: 'https://errors.example/a', status: 400, detail: '${ .kind - 1 }' } } }
      """
    And given the workflow input is:
      """yaml
      kind: age
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      """

  @feature(error.types)
  Scenario Outline: A standard type is the same under each of its addresses
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: same-type, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: '<raised>', status: 401 } } }
            catch:
              errors: { with: { type: '<caught>' } }
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      caught: true
      """

    Examples:
      | raised                                                                      | caught                                                                      |
      | https://serverlessworkflow.io/spec/1.0.0/errors/authentication              | https://open-workflow-specification.org/spec/1.0.0/errors/authentication    |
      | https://open-workflow-specification.org/spec/1.0.0/errors/authentication    | https://open-workflow-specification.org/dsl/errors/types/authentication     |
      | https://serverlessworkflow.io/dsl/errors/types/authentication               | https://serverlessworkflow.io/spec/1.0.0/errors/authentication              |

  @feature(error.types) @negative
  Scenario: A type of one's own that ends alike is another type
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: other-type, version: '1.0.0' }
      do:
        - attempt:
            try:
              - complain: { raise: { error: { type: 'https://errors.example/errors/authentication', status: 401 } } }
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/authentication' } }
              do:
                - tell: { set: { caught: true } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://errors.example/errors/authentication
      """
