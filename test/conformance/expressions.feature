Feature: Expressions
  What expressions see, and where they may stand.

  @feature(expression.input) @feature(expression.output)
  Scenario: Input and output of a task
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: input-output, version: '1.0.0' }
      do:
        - make:
            input: { from: .person }
            set: { name: '${ $input.name }' }
            output: { as: { before: '${ $input.age }', now: '${ .name }' } }
            export: { as: '$output' }
        - tell: { set: { output: '${ . }', context: '${ $context }' } }
      """
    And given the workflow input is:
      """yaml
      person: { name: Amina, age: 34 }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      output: { before: 34, now: Amina }
      context: { before: 34, now: Amina }
      """

  @feature(expression.workflow) @feature(expression.task) @feature(expression.runtime)
  Scenario: Workflow, task and runtime
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: arguments, version: '1.0.0' }
      do:
        - pause: { wait: PT1H }
        - tell:
            set:
              workflow: ${ $workflow.startedAt.iso8601 }
              input: ${ $workflow.input }
              hasId: ${ ($workflow.id | length) > 0 }
              task: ${ $task.name }
              reference: ${ $task.reference }
              started: ${ $task.startedAt.iso8601 }
              runtime: ${ $runtime.name | type }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    And the clock moves by PT1H
    Then the workflow should complete with output:
      """yaml
      workflow: '2026-03-01T08:00:00.000Z'
      input: { name: Amina }
      hasId: true
      task: tell
      reference: /do/1/tell
      started: '2026-03-01T09:00:00.000Z'
      runtime: string
      """

  @feature(expression.workflow) @feature(expression.task) @feature(expression.runtime) @feature(expression.input) @feature(expression.output) @feature(expression.context) @negative
  Scenario: A variable that nobody declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: undeclared, version: '1.0.0' }
      do:
        - tell: { set: { a: '${ $nobody }' } }
      """
    Then the definition should be refused because "$nobody"

  @feature(expression.secrets) @feature(use.secrets)
  Scenario: A declared secret can be read
    Given the secret "token" is:
      """yaml
      training-token
      """
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: with-secret, version: '1.0.0' }
      use: { secrets: [ token ] }
      do:
        - ask:
            input: { from: { token: '${ $secrets.token }' } }
            call: http
            with:
              method: get
              endpoint: https://services.example/bearer
              headers: { authorization: '${ "Bearer \(.token)" }' }
            output: { as: { method: '${ .method }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      method: GET
      """

  @feature(expression.secrets) @feature(use.secrets) @negative
  Scenario: A secret that is not declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: without-secret, version: '1.0.0' }
      do:
        - tell: { input: { from: { token: '${ $secrets.token }' } }, set: { a: 1 } }
      """
    Then the definition should be refused because "There is no secret "token""

  @feature(expression.secrets) @negative
  Scenario: A secret where it would be kept is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: kept-secret, version: '1.0.0' }
      use: { secrets: [ token ] }
      do:
        - tell: { set: { token: '${ $secrets.token }' } }
      """
    Then the definition should be refused because "$secrets is not available here"

  @feature(expression.secrets) @negative
  Scenario: A secret that is declared and not kept faults
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: missing-secret, version: '1.0.0' }
      use: { secrets: [ token ] }
      do:
        - tell: { input: { from: { token: '${ $secrets.token }' } }, set: { a: 1 } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization
      """

  @feature(expression.secrets) @negative
  Scenario: The journal does not know the secret
    Given the secret "token" is:
      """yaml
      training-token
      """
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: secret-in-policy, version: '1.0.0' }
      use: { secrets: [ token ] }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/bearer
                authentication: { bearer: { token: '${ $secrets.token }' } }
            output: { as: { method: '${ .method }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      method: GET
      """
    And the journal should not mention "training-token"

  @feature(expression.authorization)
  Scenario: After a call, its authorization can be read
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: authorization, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/bearer
                authentication: { bearer: { token: training-token } }
            output: { as: { scheme: '${ $authorization.scheme }', parameter: '${ $authorization.parameter }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { scheme: Bearer, parameter: training-token }
      """

  @feature(expression.authorization) @negative
  Scenario: Without authentication there is no authorization
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-authorization, version: '1.0.0' }
      do:
        - ask:
            call: http
            with: { method: get, endpoint: 'https://services.example/echo' }
            output: { as: { authorization: '${ $authorization }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      authorization: null
      """

  @feature(expression.data)
  Scenario: The clock of expressions is the workspace's, and the environment is empty
    Given the clock stands at 2026-03-01T08:00:00Z
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: nothing-from-the-machine, version: '1.0.0' }
      do:
        - tell: { set: { now: '${ now | todate }', environment: '${ env | length }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { now: '2026-03-01T08:00:00Z', environment: 0 }
      """
