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
  Scenario Outline: A standard type is the same as <caught>, raised as <raised>
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

  @feature(error.configuration) @feature(error.validation) @feature(error.expression)
  Scenario Outline: What goes wrong is told by its type: <type>
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: told-by-type, version: '1.0.0' }
      do:
        - attempt:
            try:
              - work: <task>
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/<type>' } }
              do:
                - tell: { set: { status: '${ $error.status }', instance: '${ $error.instance }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { status: 400, instance: /do/0/attempt/try/0/work }
      """

    Examples:
      | type          | task                                                                                     |
      | configuration | { run: { workflow: { namespace: conformance, name: nemo, version: '1.0.0' } } }            |
      | validation    | { input: { schema: { document: { required: [ name ] } } }, set: { a: 1 } }                 |
      | expression    | { set: { a: '${ "Amina" - 1 }' } }                                                       |

  @feature(error.validation) @feature(error.expression) @negative
  Scenario: An error of one type is not one of another
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: another-type, version: '1.0.0' }
      do:
        - attempt:
            try:
              - work: { input: { schema: { document: { required: [ name ] } } }, set: { a: 1 } }
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/expression' } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/validation
      """

  @feature(error.authentication)
  Scenario: Without proof of who asks, a call is an error that can be caught
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: who-asks, version: '1.0.0' }
      do:
        - attempt:
            try:
              - ask:
                  call: http
                  with:
                    method: get
                    endpoint:
                      uri: https://services.example/protected
                      authentication:
                        oauth2:
                          authority: https://services.example
                          grant: client_credentials
                          client: { id: training-client, secret: guessed }
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/authentication' } }
              do:
                - tell: { set: { status: '${ $error.status }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      status: 401
      """

  @feature(error.runtime)
  Scenario: What the platform cannot do is a runtime error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: cannot-do, version: '1.0.0' }
      do:
        - attempt:
            try:
              - move: { call: 'moveCase:1.0.0@default', with: { state: nowhere } }
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/runtime' } }
              do:
                - tell: { set: { instance: '${ $error.instance }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      instance: /do/0/attempt/try/0/move
      """

  @feature(error.runtime) @negative
  Scenario: What the document gets wrong is not
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: gets-wrong, version: '1.0.0' }
      do:
        - attempt:
            try:
              - decide: { call: 'humanTask:1.0.0@default', with: { title: Decide } }
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/runtime' } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
      """
