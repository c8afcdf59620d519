const ACTIONS = 'it takes the list of all actions of AWS, and what each can be limited to'
const SECRETS = 'whether a text is a credential takes more than Rego can tell'
const CONDITIONS = 'what a condition lets through takes more than Rego can tell'
const SOURCES = 'what the source of a module means is read by rules of its own'
const ADVICE = 'whether it may be there is for people to decide'

/** Rules about Terraform without a policy, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'apigateway-method-authorization': 'the policy of the API may keep strangers out, and it is often elsewhere',
  'cloudfront-access-logging': 'the logs may be delivered by CloudWatch, which is often set up elsewhere',
  'iam-document-github-oidc-subject': CONDITIONS,
  'iam-document-no-permissions-management': ACTIONS,
  'iam-document-no-unconstrained-write': ACTIONS,
  'iam-document-no-wildcard-resources': ACTIONS,
  'iam-github-oidc-subject': CONDITIONS,
  'iam-no-permissions-management': ACTIONS,
  'iam-no-unconstrained-write': ACTIONS,
  'iam-no-users': ADVICE,
  'iam-no-wildcard-resources': ACTIONS,
  'iam-web-identity-subject': CONDITIONS,
  'lambda-no-hardcoded-secrets': SECRETS,
  'lambda-supported-runtime': 'the list of runtimes grows, and a policy that is written once does not',
  'module-commit-hash': SOURCES,
  'module-version-pinned': SOURCES,
  'no-default-vpc': ADVICE,
  'rds-cluster-snapshot-encrypted': 'it is as encrypted as its cluster, which has a policy',
  's3-public-acl-without-tls': 's3-no-public-acl keeps public ACLs out, with or without TLS',
  'secrets-not-sent-by-http': 'what a request sends comes from references, which are not followed',
  'user-data-no-secrets': SECRETS,
  'vpc-peering-route': 'whether a route is for a peer is known by reference only',
}
