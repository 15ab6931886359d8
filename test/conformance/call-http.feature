Feature: Call HTTP

  @feature(call.http.method) @feature(call.http.endpoint) @feature(call.http.headers) @feature(call.http.query) @feature(call.http.body)
  Scenario: The service sees just what the workflow sent
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-seen, version: '1.0.0' }
      do:
        - send:
            call: http
            with:
              method: put
              endpoint: https://services.example/echo/{id}
              headers: { X-Reason: '${ "because of \(.id)" }' }
              query: { district: north, person: '${ .person.name }' }
              body: { person: '${ .person }', plain: '.person' }
            output:
              as: '{ method, path, query, body, reason: .headers["x-reason"] }'
      """
    And given the workflow input is:
      """yaml
      id: a b
      person: { name: Amina & Kwame }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      method: PUT
      path: /echo/a b
      query: { district: north, person: Amina & Kwame }
      body: { person: { name: Amina & Kwame }, plain: .person }
      reason: because of a b
      """

  @feature(call.http.method) @feature(call.http.endpoint) @negative
  Scenario Outline: A call without <member> is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-without, version: '1.0.0' }
      do:
        - send: { call: http, with: { <other> } }
      """
    Then the definition should be refused because ""<member>" is missing"

    Examples:
      | member   | other                                      |
      | method   | endpoint: 'https://services.example/echo'  |
      | endpoint | method: get                                |

  @feature(call.http.headers) @feature(call.http.query) @feature(call.http.body) @negative
  Scenario Outline: A <member> that cannot be computed sends nothing
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-broken, version: '1.0.0' }
      do:
        - send:
            call: http
            with:
              method: post
              endpoint: https://services.example/echo
              <member>: { value: '${ .name - 1 }' }
      """
    And given the workflow input is:
      """yaml
      name: Amina
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/expression
      instance: /do/0/send
      """
    And services.example should receive 0 requests

    Examples:
      | member  |
      | headers |
      | query   |
      | body    |

  @feature(call.http.endpoint.expression)
  Scenario: The address may be computed
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-computed, version: '1.0.0' }
      do:
        - send:
            call: http
            with: { method: get, endpoint: { uri: '${ "https://services.example/echo/\(.place)" }' } }
            output: { as: .path }
      """
    And given the workflow input is:
      """yaml
      place: north
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /echo/north
      """

  @feature(call.http.endpoint.expression) @negative
  Scenario: What is computed must be an address
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-no-address, version: '1.0.0' }
      do:
        - send: { call: http, with: { method: get, endpoint: '${ .place }' } }
      """
    And given the workflow input is:
      """yaml
      place: north
      """
    When the workflow is executed
    Then the workflow should fault
    And services.example should receive 0 requests

  @feature(call.http.output.content)
  Scenario Outline: As content, <what> comes as what it is
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-content, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/<path>', output: content } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      <output>
      """

    Examples:
      | what    | path     | output          |
      | JSON    | flaky/0  | { attempts: 1 } |
      | a text  | text     | plain words     |
      | nothing | nothing  | null            |

  @feature(call.http.output.raw)
  Scenario: Raw, an answer is its bytes in base64
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-raw, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/text', output: raw } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      cGxhaW4gd29yZHM=
      """

  @feature(call.http.output.response)
  Scenario: As a response, an answer is all of it
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-response, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/echo', output: response } }
      """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have properties 'request.method', 'request.uri', 'headers', 'statusCode', 'content.path'
    And the workflow output should have a 'statusCode' property with value:
      """yaml
      200
      """
    And the workflow output should have a 'request.uri' property with value:
      """yaml
      https://services.example/echo
      """

  @feature(call.http.output.content) @feature(call.http.output.raw) @feature(call.http.output.response) @negative
  Scenario: Another output is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-other-output, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/echo', output: picture } }
      """
    Then the definition should be refused because "/do/0/ask/with/output"

  @feature(call.http.redirect)
  Scenario: With leave, a redirect is followed
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-redirect, version: '1.0.0' }
      do:
        - ask:
            call: http
            with: { method: get, endpoint: 'https://services.example/redirect', redirect: true }
            output: { as: .path }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /echo/redirected
      """
    And services.example should receive 2 requests

  @feature(call.http.redirect) @negative
  Scenario: Without leave, a redirect is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-no-redirect, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/redirect', redirect: false } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/communication
      status: 302
      """

  @feature(error.communication)
  Scenario Outline: An answer <status> is a communication error of that status
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-status, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'https://services.example/status/<status>' } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/communication
      status: <status>
      instance: /do/0/ask
      """

    Examples:
      | status |
      | 404    |
      | 409    |
      | 503    |

  @feature(error.communication) @feature(error.authorization) @negative
  Scenario: A host that is not allowed is not called
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: http-elsewhere, version: '1.0.0' }
      do:
        - ask: { call: http, with: { method: get, endpoint: 'http://127.0.0.1:1/metadata' } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/authorization
      status: 403
      """

  @feature(error.authorization)
  Scenario: A call that is not permitted is an error that can be caught
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: not-permitted, version: '1.0.0' }
      do:
        - attempt:
            try:
              - ask: { call: http, with: { method: get, endpoint: 'https://elsewhere.example/' } }
            catch:
              errors: { with: { type: 'https://open-workflow-specification.org/spec/1.0.0/errors/authorization' } }
              do:
                - tell: { set: { status: '${ $error.status }' } }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      status: 403
      """
