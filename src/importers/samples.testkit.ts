/** Reports in the shape that the scanners' documentation gives them, about a project of our own making. */

export const SECRET = 'Tr0ub4dor&3-hunter2'

export const FILES = [
  'infra/s3.tf',
  'infra/network.tf',
  'k8s/web.yaml',
  'src/server.js',
  'src/package-lock.json',
  'Dockerfile',
]

const checkovCheck = {
  check_id: 'CKV_AWS_20',
  bc_check_id: null,
  check_name: 'No bucket is readable by everyone',
  check_result: { result: 'FAILED' },
  code_block: [[1, `password = "${SECRET}"`]],
  file_path: '/s3.tf',
  file_abs_path: '/ci/build/infra/s3.tf',
  repo_file_path: '/infra/s3.tf',
  file_line_range: [1, 4],
  resource: 'aws_s3_bucket.logs',
  resource_address: null,
  severity: null,
}

const checkov = [
  {
    check_type: 'terraform',
    results: {
      passed_checks: [],
      failed_checks: [checkovCheck],
      skipped_checks: [{ ...checkovCheck, check_id: 'CKV_AWS_21' }],
      parsing_errors: ['/broken.tf'],
    },
    summary: { passed: 0, failed: 1, skipped: 1, parsing_errors: 1, resource_count: 1, checkov_version: '3.2.0' },
    url: 'no platform',
  },
  {
    check_type: 'kubernetes',
    results: {
      failed_checks: [
        {
          check_id: 'CKV_K8S_16',
          check_name: 'No container is privileged',
          severity: 'HIGH',
          file_path: '/k8s/web.yaml',
          file_abs_path: '/project/k8s/web.yaml',
          file_line_range: [0, 0],
          resource: 'Deployment.default.web',
        },
      ],
    },
    summary: {},
  },
  {
    check_type: 'secrets',
    results: {
      failed_checks: [
        {
          check_id: 'CKV_SECRET_6',
          check_name: 'High entropy',
          file_path: '/src/server.js',
          file_abs_path: '/project/src/server.js',
          file_line_range: [7, 8],
          resource: '5baa61e4c9b93f3f0682250b6cf8331b7ee68fd8',
        },
      ],
    },
    summary: {},
  },
]

const trivy = {
  SchemaVersion: 2,
  CreatedAt: '2026-01-01T00:00:00Z',
  ArtifactName: '.',
  ArtifactType: 'filesystem',
  Results: [
    {
      Target: 'infra/s3.tf',
      Class: 'config',
      Type: 'terraform',
      MisconfSummary: { Successes: 1, Failures: 1 },
      Misconfigurations: [
        {
          Type: 'Terraform Security Check',
          ID: 'AWS-0092',
          Title: 'Buckets are private',
          Description: 'Long words.',
          Message: 'The bucket is public.',
          Resolution: 'Use a private ACL.',
          Severity: 'HIGH',
          Status: 'FAIL',
          CauseMetadata: {
            Resource: 'aws_s3_bucket.logs',
            Provider: 'AWS',
            Service: 's3',
            StartLine: 3,
            EndLine: 3,
            Code: { Lines: [{ Number: 3, Content: `acl = "${SECRET}"`, IsCause: true }] },
          },
        },
        { ID: 'AWS-0090', Title: 'Versioning', Severity: 'LOW', Status: 'PASS' },
      ],
    },
    {
      Target: 'k8s/web.yaml',
      Class: 'config',
      Type: 'kubernetes',
      Misconfigurations: [{ ID: 'KSV017', Title: 'Privileged', Severity: 'HIGH', Status: 'FAIL' }],
    },
    {
      Target: 'src/package-lock.json',
      Class: 'lang-pkgs',
      Type: 'npm',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2026-0001',
          PkgName: 'left-pad',
          InstalledVersion: '1.0.0',
          FixedVersion: '1.0.1',
          Title: 'left-pad: pads right',
          Severity: 'CRITICAL',
        },
        { VulnerabilityID: 'CVE-2026-0002', PkgName: 'right-pad', Severity: 'UNKNOWN' },
      ],
    },
    {
      Target: 'src/server.js',
      Class: 'secret',
      Secrets: [
        {
          RuleID: 'aws-secret-access-key',
          Category: 'AWS',
          Severity: 'CRITICAL',
          Title: 'AWS Secret Access Key',
          StartLine: 7,
          EndLine: 7,
          Match: `key = ${SECRET}`,
          Code: { Lines: [{ Content: SECRET }] },
        },
      ],
    },
  ],
}

const tfsec = {
  results: [
    {
      rule_id: 'AVD-AWS-0092',
      long_id: 'aws-s3-no-public-access-with-acl',
      rule_description: 'Buckets are private',
      rule_provider: 'aws',
      rule_service: 's3',
      impact: 'Anyone reads it.',
      resolution: 'Use a private ACL.',
      links: ['https://example.com'],
      description: 'Bucket has a public ACL.',
      severity: 'HIGH',
      warning: false,
      status: 0,
      resource: 'aws_s3_bucket.logs',
      location: { filename: '/project/infra/s3.tf', start_line: 3, end_line: 3 },
    },
    { rule_id: 'AVD-AWS-0090', status: 1, location: { filename: '/project/infra/s3.tf', start_line: 1, end_line: 4 } },
  ],
}

const kics = {
  kics_version: 'v2.1.0',
  files_scanned: 2,
  queries_total: 2,
  queries: [
    {
      query_name: 'Bucket Open To All',
      query_id: '38c5ee0d-7f22-4260-ab72-5073048df100',
      query_url: 'https://example.com',
      severity: 'CRITICAL',
      platform: 'Terraform',
      category: 'Access Control',
      description: 'A bucket is open.',
      files: [
        {
          file_name: '../../project/infra/s3.tf',
          similarity_id: 'abc',
          line: 3,
          resource_type: 'aws_s3_bucket',
          resource_name: 'my-logs',
          issue_type: 'IncorrectValue',
          search_key: 'aws_s3_bucket[logs].acl',
          search_line: 3,
          search_value: '',
          expected_value: "'acl' should be private",
          actual_value: "'acl' is public-read",
        },
      ],
    },
    {
      query_name: 'Passwords And Secrets - Generic Password',
      query_id: '487f4be7-3fd9-4506-a07a-eae252180c08',
      severity: 'HIGH',
      platform: 'Common',
      category: 'Secret Management',
      description: 'Something is hard-coded.',
      files: [
        {
          file_name: '../../project/src/server.js',
          line: 7,
          expected_value: 'none',
          actual_value: `'const p = "${SECRET}"' is hard-coded`,
        },
      ],
    },
  ],
}

const semgrep = {
  version: '1.100.0',
  results: [
    {
      check_id: 'javascript.express.no-helmet',
      path: '/project/src/server.js',
      start: { line: 3, col: 5, offset: 40 },
      end: { line: 3, col: 20, offset: 55 },
      extra: {
        message: 'Helmet is not used.',
        severity: 'WARNING',
        metadata: { category: 'security', cwe: ['CWE-693'] },
        lines: 'requires login',
        is_ignored: false,
      },
    },
    {
      check_id: 'generic.secrets.hard-coded-password',
      path: 'src/server.js',
      start: { line: 7, col: 1 },
      end: { line: 7, col: 9 },
      extra: {
        message: `The password ${SECRET} is hard-coded.`,
        severity: 'ERROR',
        lines: SECRET,
        metavars: { $X: { abstract_content: SECRET } },
      },
    },
    {
      check_id: 'javascript.express.ignored',
      path: 'src/server.js',
      start: { line: 1, col: 1 },
      end: { line: 1, col: 2 },
      extra: { message: 'x', severity: 'INFO', is_ignored: true },
    },
  ],
  errors: [{ message: 'a file could not be parsed', level: 'warn', code: 3 }],
  paths: { scanned: ['src/server.js'] },
}

const gitleaks = [
  {
    RuleID: 'generic-api-key',
    Description: 'A generic API key is exposed',
    StartLine: 7,
    EndLine: 7,
    StartColumn: 3,
    EndColumn: 40,
    Match: `key = "${SECRET}"`,
    Secret: SECRET,
    Line: `key = "${SECRET}"`,
    File: '/project/src/server.js',
    SymlinkFile: '',
    Commit: '',
    Entropy: 4.1,
    Author: 'Ada',
    Email: 'ada@example.com',
    Date: '',
    Message: SECRET,
    Tags: [],
    Fingerprint: 'src/server.js:generic-api-key:7',
  },
  {
    RuleID: 'private-key',
    Description: 'A private key',
    StartLine: 1,
    EndLine: 9,
    File: 'src/old.pem',
    Secret: SECRET,
    Commit: '0123456789abcdef0123456789abcdef01234567',
  },
]

const kubescape = {
  clusterName: '',
  generationTime: '2026-01-01T00:00:00Z',
  summaryDetails: {
    controls: {
      'C-0057': { controlID: 'C-0057', name: 'Privileged container', status: 'failed', scoreFactor: 8 },
    },
  },
  resources: [
    {
      resourceID: 'path=1/api=apps/v1/shop/Deployment/web',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
      source: { path: '/project', relativePath: 'k8s/web.yaml', fileType: 'YAML' },
    },
  ],
  results: [
    {
      resourceID: 'path=1/api=apps/v1/shop/Deployment/web',
      controls: [
        {
          controlID: 'C-0057',
          name: 'Privileged container',
          status: { status: 'failed' },
          rules: [
            {
              name: 'rule-privileged-container',
              status: 'failed',
              paths: [
                {
                  failedPath: 'spec.template.spec.containers[0].securityContext.privileged',
                  fixPath: { path: '', value: SECRET },
                },
              ],
            },
          ],
        },
        { controlID: 'C-0016', name: 'Privilege escalation', status: { status: 'passed' } },
      ],
    },
    {
      resourceID: 'cluster-only',
      controls: [{ controlID: 'C-0035', name: 'Admin roles', rules: [{ name: 'r', status: 'failed' }] }],
    },
  ],
}

const kubesec = [
  {
    object: 'Deployment/web.shop',
    valid: true,
    fileName: '/project/k8s/web.yaml',
    message: 'Failed with a score of -30 points',
    score: -30,
    scoring: {
      critical: [
        {
          id: 'Privileged',
          selector: 'containers[] .securityContext .privileged == true',
          reason: 'Privileged containers reach the host',
          points: -30,
        },
      ],
      passed: [{ id: 'ServiceAccountName', selector: '.spec .serviceAccountName', reason: 'x', points: 3 }],
      advise: [
        { id: 'LimitsCPU', selector: 'containers[] .resources .limits .cpu', reason: 'Limit the CPU', points: 1 },
      ],
    },
  },
  {
    object: 'Unknown',
    valid: false,
    fileName: 'k8s/odd.yaml',
    message: 'This resource kind is not supported',
    score: 0,
  },
]

const hadolint = [
  {
    code: 'DL3008',
    column: 1,
    file: '/project/Dockerfile',
    level: 'warning',
    line: 2,
    message: 'Pin versions in apt get install',
  },
  { code: 'SC2086', column: 5, file: '-', level: 'info', line: 3, message: 'Quote it' },
]

const sarif = {
  $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  version: '2.1.0',
  runs: [
    {
      tool: {
        driver: {
          name: 'Trivy',
          rules: [
            {
              id: 'AVD-AWS-0092',
              shortDescription: { text: 'Buckets are private' },
              help: { text: 'Use a private ACL.' },
              defaultConfiguration: { level: 'error' },
              messageStrings: { default: { text: 'Bucket {0} is open' } },
              properties: { 'security-severity': '8.0', tags: ['misconfiguration'] },
            },
            { id: 'generic-token', shortDescription: { text: 'A token' }, properties: { tags: ['secret'] } },
          ],
        },
      },
      originalUriBaseIds: { ROOTPATH: { uri: 'file:///project/' } },
      artifacts: [{ location: { uri: 'src/server.js' } }],
      results: [
        {
          ruleId: 'AVD-AWS-0092',
          ruleIndex: 0,
          message: { id: 'default', arguments: ['logs'] },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri: 'infra/s3%2Etf', uriBaseId: 'ROOTPATH' },
                region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 20 },
              },
              logicalLocations: [{ fullyQualifiedName: 'aws_s3_bucket.logs', kind: 'resource' }],
            },
          ],
        },
        {
          rule: { index: 1 },
          level: 'note',
          message: { text: `Match: ${SECRET}` },
          locations: [{ physicalLocation: { artifactLocation: { index: 0 }, region: { startLine: 7 } } }],
        },
        { ruleId: 'AVD-AWS-0090', kind: 'pass', message: { text: 'fine' } },
        { ruleId: 'AVD-AWS-0091', message: { text: 'x' }, suppressions: [{ kind: 'inSource' }] },
        { ruleId: 'AVD-AWS-0093', message: { text: 'x' }, baselineState: 'absent' },
        {
          ruleId: 'AVD-AWS-0094',
          message: { text: 'elsewhere' },
          locations: [{ physicalLocation: { artifactLocation: { uri: 'https://example.com/a.tf' } } }],
        },
      ],
    },
  ],
}

/** By importer. */
export const SAMPLES: Readonly<Record<string, unknown>> = {
  checkov,
  gitleaks,
  hadolint,
  kics,
  kubescape,
  kubesec,
  sarif,
  semgrep,
  tfsec,
  trivy,
}
