Feature: Call OpenAPI

  @feature(call.openapi.document) @feature(call.openapi.operationId) @feature(call.openapi.parameters)
  Scenario Outline: Parameters go where the document, in <dialect>, says
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-parameters, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/<dialect>.json' }
              operationId: readEntry
              parameters: { id: '${ .id }', fields: [ name, born ], X-Reason: payment }
            output: { as: '{ method, path, fields: .query.fields, reason: .headers["x-reason"] }' }
      """
    And given the workflow input is:
      """yaml
      id: 7
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { method: GET, path: /register/entries/7, fields: [ name, born ], reason: payment }
      """

    Examples:
      | dialect |
      | 2.0     |
      | 3.0     |
      | 3.1     |

  @feature(call.openapi.parameters) @negative
  Scenario: A parameter that is required and missing is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-missing, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/3.0.json' }
              operationId: readEntry
              parameters: { fields: [ name ] }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      instance: /do/0/read
      """
    And services.example should receive 1 request

  @feature(call.openapi.operationId) @negative
  Scenario: An operation that the document does not have is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-unknown, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/3.0.json' }
              operationId: burnEntry
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
      """

  @feature(call.openapi.document) @negative
  Scenario: A document that is not there is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-nowhere, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with: { document: { endpoint: 'https://services.example/openapi/9.9.json' }, operationId: readEntry }
      """
    When the workflow is executed
    Then the workflow should fault

  @feature(call.openapi.body)
  Scenario Outline: A body, in <dialect>, goes by the name <name>
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-body, version: '1.0.0' }
      do:
        - write:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/<dialect>.json' }
              operationId: writeEntry
              parameters: { <name>: { person: '${ .person }' } }
            output: { as: '{ method, path, body }' }
      """
    And given the workflow input is:
      """yaml
      person: Amina
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { method: POST, path: /register/entries, body: { person: Amina } }
      """

    Examples:
      | dialect | name  |
      | 2.0     | entry |
      | 3.0     | body  |
      | 3.1     | body  |

  @feature(call.openapi.body) @negative
  Scenario: A body that is required and missing is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-no-body, version: '1.0.0' }
      do:
        - write:
            call: openapi
            with: { document: { endpoint: 'https://services.example/openapi/3.0.json' }, operationId: writeEntry }
      """
    When the workflow is executed
    Then the workflow should fault
    And services.example should receive 1 request

  @feature(call.openapi.authentication)
  Scenario: The call is authenticated as the task says, and so is fetching the document
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-authentication, version: '1.0.0' }
      use: { authentications: { known: { basic: { username: reader, password: training } } } }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: { uri: 'https://services.example/guarded/openapi.json', authentication: { use: known } } }
              operationId: readEntry
              parameters: { id: 7 }
              authentication: { bearer: { token: training-token } }
            output: { as: '.headers.authorization' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      Bearer training-token
      """

  @feature(call.openapi.authentication) @negative
  Scenario: A guarded document is not had without proof
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-unauthenticated, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/guarded/openapi.json' }
              operationId: readEntry
              parameters: { id: 7 }
      """
    When the workflow is executed
    Then the workflow should fault
    And services.example should receive 1 request

  @feature(call.openapi.output)
  Scenario Outline: The output as <output>
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-output, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/3.1.json' }
              operationId: readEntry
              parameters: { id: seven }
              output: <output>
            output: { as: '<as>' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      <expected>
      """

    Examples:
      | output   | as          | expected                |
      | content  | .path       | /register/entries/seven |
      | response | .statusCode | 200                     |
      | raw      | type        | string                  |

  @feature(call.openapi.output) @negative
  Scenario: Another output is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-other-output, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/3.1.json' }
              operationId: readEntry
              output: picture
      """
    Then the definition should be refused because "/do/0/read/with/output"

  @feature(call.openapi.redirect)
  Scenario: With leave, a redirect is followed
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-redirect, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/3.0.json' }
              operationId: movedEntry
              redirect: true
            output: { as: .path }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /echo/redirected
      """

  @feature(call.openapi.redirect) @negative
  Scenario: Without leave, a redirect is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: openapi-no-redirect, version: '1.0.0' }
      do:
        - read:
            call: openapi
            with:
              document: { endpoint: 'https://services.example/openapi/3.0.json' }
              operationId: movedEntry
              redirect: false
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 302
      """
