Feature: Authentication

  @feature(authentication.basic)
  Scenario: Basic
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: basic, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/basic
                authentication: { basic: { username: '${ .user }', password: training } }
            output: { as: .path }
      """
    And given the workflow input is:
      """yaml
      user: reader
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /basic
      """

  @feature(authentication.digest)
  Scenario: Digest answers the challenge
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: digest, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/digest
                authentication: { digest: { username: reader, password: training } }
            output: { as: .path }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /digest
      """

  @feature(authentication.basic) @feature(authentication.digest) @negative
  Scenario Outline: A wrong password, by <scheme>, is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wrong-password, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/<scheme>
                authentication: { <scheme>: { username: reader, password: wrong } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 401
      instance: /do/0/ask
      """

    Examples:
      | scheme |
      | basic  |
      | digest |

  @feature(authentication.bearer)
  Scenario: Bearer
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: bearer, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/bearer
                authentication: { bearer: { token: '${ .token }' } }
            output: { as: .path }
      """
    And given the workflow input is:
      """yaml
      token: training-token
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /bearer
      """

  @feature(authentication.bearer) @negative
  Scenario: A bearer whose token is not good is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: bad-bearer, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/bearer
                authentication: { bearer: { token: other } }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      status: 401
      """

  @feature(authentication.named) @feature(use.authentications)
  Scenario: A policy may be named
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: named-policy, version: '1.0.0' }
      use: { authentications: { known: { basic: { username: reader, password: training } } } }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint: { uri: 'https://services.example/basic', authentication: { use: known } }
            output: { as: .path }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /basic
      """

  @feature(authentication.named) @feature(use.authentications) @negative
  Scenario: A policy that nobody declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-policy, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint: { uri: 'https://services.example/basic', authentication: { use: somebody } }
      """
    Then the definition should be refused because "somebody"

  @feature(authentication.secret)
  Scenario Outline: What <scheme> needs may be a secret
    Given the secret "credentials" is:
      """yaml
      <secret>
      """
    And a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: secret-policy, version: '1.0.0' }
      use: { secrets: [ credentials ] }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/<scheme>
                authentication: { <scheme>: { use: credentials } }
            output: { as: .path }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /<scheme>
      """
    And the journal should not mention "training"

    Examples:
      | scheme | secret                                  |
      | basic  | { username: reader, password: training } |
      | digest | { username: reader, password: training } |
      | bearer | { token: training-token }               |

  @feature(authentication.secret) @negative
  Scenario: A policy of a secret that is not declared is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-secret, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint: { uri: 'https://services.example/basic', authentication: { basic: { use: credentials } } }
      """
    Then the definition should be refused because "credentials"

  @feature(oauth2.authority) @feature(oauth2.grant) @feature(oauth2.client) @feature(oauth2.scopes) @feature(oauth2.audiences)
  Scenario: Client credentials
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: client-credentials, version: '1.0.0' }
      do:
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
                    client: { id: training-client, secret: training-secret }
                    scopes: [ read, write ]
                    audiences: [ register ]
      """
    When the workflow is executed
    Then the workflow should complete
    And the workflow output should have a 'endpoint' property with value:
      """yaml
      /oauth2/token
      """
    And the workflow output should have a 'grant' property with value:
      """yaml
      client_credentials
      """
    And the workflow output should have a 'client' property with value:
      """yaml
      client_secret_post
      """
    And the workflow output should have a 'scope' property with value:
      """yaml
      read write
      """
    And the workflow output should have a 'audience' property with value:
      """yaml
      register
      """

  @feature(oauth2.authority) @feature(oauth2.grant) @feature(oauth2.scopes) @feature(oauth2.audiences) @negative
  Scenario: A policy without a grant is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-grant, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication: { oauth2: { authority: 'https://services.example', scopes: [ read ], audiences: [ a ] } }
      """
    Then the definition should be refused because ""grant" is missing"

  @feature(oauth2.client) @feature(error.authentication) @negative
  Scenario: A client that does not prove itself gets no token
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wrong-client, version: '1.0.0' }
      do:
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
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/authentication
      """
    And services.example should receive 1 request

  @feature(oauth2.client.authentication)
  Scenario Outline: A client proves itself by <way>
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: client-authentication, version: '1.0.0' }
      do:
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
                    client: { <client>, authentication: <way> }
            output: { as: .client }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      <seen>
      """

    Examples:
      | way                 | client                                                                       | seen                |
      | client_secret_basic | id: training-client, secret: training-secret                                 | client_secret_basic |
      | client_secret_post  | id: training-client, secret: training-secret                                 | client_secret_post  |
      | client_secret_jwt   | id: training-client, secret: training-secret-that-is-long-enough-for-hs256   | assertion           |
      | private_key_jwt     | id: training-client, assertion: header.payload.signature                     | assertion           |
      | none                | id: training-public-client                                                   | none                |

  @feature(oauth2.client.authentication) @negative
  Scenario: Another way to prove oneself is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: client-handshake, version: '1.0.0' }
      do:
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
                    client: { id: training-client, authentication: handshake }
      """
    Then the definition should be refused because "client/authentication"

  @feature(oauth2.password)
  Scenario: The password grant
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: password-grant, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: password
                    client: { id: training-client, secret: training-secret }
                    username: reader
                    password: training
            output: { as: '{ grant, user }' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { grant: password, user: reader }
      """

  @feature(oauth2.password) @negative
  Scenario: The password grant with a wrong password
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: wrong-password-grant, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: password
                    client: { id: training-client, secret: training-secret }
                    username: reader
                    password: wrong
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/authentication
      """

  @feature(oauth2.token-exchange)
  Scenario: One token is exchanged for another
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: token-exchange, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: urn:ietf:params:oauth:grant-type:token-exchange
                    client: { id: training-client, secret: training-secret }
                    subject: { token: of-reader, type: 'urn:ietf:params:oauth:token-type:access_token' }
                    actor: { token: of-officer, type: 'urn:ietf:params:oauth:token-type:access_token' }
            output: { as: '{ subject, actor }' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { subject: of-reader, actor: of-officer }
      """

  @feature(oauth2.token-exchange) @negative
  Scenario: An exchange of nothing fails
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-token-exchange, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: urn:ietf:params:oauth:grant-type:token-exchange
                    client: { id: training-client, secret: training-secret }
      """
    When the workflow is executed
    Then the workflow should fault

  @feature(oauth2.endpoints) @feature(oauth2.request.encoding)
  Scenario: Another token endpoint, asked in JSON
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: custom-endpoint, version: '1.0.0' }
      do:
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
                    endpoints: { token: /custom/token }
                    request: { encoding: application/json }
                    client: { id: training-client, secret: training-secret }
            output: { as: '{ endpoint, encoding }' }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      { endpoint: /custom/token, encoding: application/json }
      """

  @feature(oauth2.endpoints) @feature(oauth2.request.encoding) @negative
  Scenario: A token endpoint that is not there is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-endpoint, version: '1.0.0' }
      do:
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
                    endpoints: { token: /nowhere }
                    client: { id: training-client, secret: training-secret }
      """
    When the workflow is executed
    Then the workflow should fault

  @feature(authentication.oidc)
  Scenario: OpenID Connect finds the token endpoint by discovery
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: oidc, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oidc:
                    authority: https://services.example
                    grant: client_credentials
                    client: { id: training-client, secret: training-secret }
            output: { as: .endpoint }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      /oidc/token
      """

  @feature(authentication.oidc) @negative
  Scenario: OpenID Connect without an authority that can be discovered is an error
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-oidc, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oidc:
                    authority: https://services.example/nowhere
                    grant: client_credentials
                    client: { id: training-client, secret: training-secret }
      """
    When the workflow is executed
    Then the workflow should fault

  @feature(oauth2.refresh_token)
  Scenario: The refresh token is the subject's token
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: refresh-grant, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: refresh_token
                    client: { id: training-client, secret: training-secret }
                    subject: { token: refreshing, type: 'urn:ietf:params:oauth:token-type:refresh_token' }
            output: { as: .grant }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      refresh_token
      """

  @feature(oauth2.refresh_token) @negative
  Scenario: Without a refresh token there is nothing to refresh
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: no-refresh-token, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: refresh_token
                    client: { id: training-client, secret: training-secret }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
      """
    And services.example should receive 0 requests

  @feature(oauth2.authorization_code) @negative
  Scenario: A grant that needs a person at a browser is refused
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: code-grant, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oauth2:
                    authority: https://services.example
                    grant: authorization_code
                    client: { id: training-client, secret: training-secret }
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/configuration
      """
    And services.example should receive 0 requests

  @feature(oauth2.issuers)
  Scenario: An issuer that the policy names is trusted
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: known-issuer, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oidc:
                    authority: https://services.example
                    grant: client_credentials
                    client: { id: training-client, secret: training-secret }
                    issuers: [ https://services.example ]
            output: { as: .grant }
      """
    When the workflow is executed
    Then the workflow should complete with output:
      """yaml
      client_credentials
      """

  @feature(oauth2.issuers) @feature(error.authentication) @negative
  Scenario: Another issuer is not
    Given a workflow with definition:
      """yaml
      document: { dsl: '1.0.3', namespace: conformance, name: unknown-issuer, version: '1.0.0' }
      do:
        - ask:
            call: http
            with:
              method: get
              endpoint:
                uri: https://services.example/protected
                authentication:
                  oidc:
                    authority: https://services.example
                    grant: client_credentials
                    client: { id: training-client, secret: training-secret }
                    issuers: [ https://elsewhere.example ]
      """
    When the workflow is executed
    Then the workflow should fault with error:
      """yaml
      type: https://open-workflow-specification.org/spec/1.0.0/errors/authentication
      status: 401
      """
