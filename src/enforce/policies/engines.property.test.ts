import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compileTemplate,
  Inventory,
  KubernetesObject,
  objectsOf,
  PolicySet,
  reviewAll,
} from '../../gatekeeper/index.ts'
import { compile, fromJson, parseModule } from '../../rego/index.ts'
import { parseYaml } from '../../parse/yaml/parser.ts'
import { policyFiles } from '../generate/files.ts'
import { judge } from '../generate/judge.ts'
import { conftestRego } from '../generate/rego.ts'
import { POLICIES } from './index.ts'
import { cronJob, deployment, pod } from './pod-policy.ts'
import type { JsonMap, Policy } from './policy.ts'

/** Objects as they are met: most things absent, some odd. */
const securityContext = fc.record(
  {
    runAsNonRoot: fc.boolean(),
    runAsUser: fc.constantFrom(0, 1, 1000, 9999, 10000, 65534),
    privileged: fc.boolean(),
    allowPrivilegeEscalation: fc.boolean(),
    readOnlyRootFilesystem: fc.boolean(),
    seccompProfile: fc.record({ type: fc.constantFrom('RuntimeDefault', 'Localhost', 'Unconfined') }),
    capabilities: fc.record(
      {
        drop: fc.constantFrom(['ALL'], ['all', 'NET_RAW'], ['ALL'], ['NET_RAW']),
        add: fc.subarray(['NET_BIND_SERVICE', 'SYS_ADMIN']),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
)
const quantities = fc.record({ cpu: fc.constant('100m'), memory: fc.constant('1Gi') }, { requiredKeys: [] })
const image = fc.constantFrom(
  'nginx',
  'nginx:latest',
  'nginx:1.0',
  'acme/web',
  'ghcr.io/acme/web:1.0',
  'ghcr.io/acme-evil/web:1',
  'localhost:5000/web',
  'localhost/web:latest',
  `ghcr.io/acme/web@sha256:${'a'.repeat(64)}`,
  `ghcr.io/acme/web:latest@sha256:${'a'.repeat(64)}`,
)
const variable = fc.constantFrom(
  'PIN',
  'SHIPPING',
  'card-cvv',
  'API_KEY',
  'db.password',
  'TOKENS',
  'PIN_BLOCK',
  'PASSWORD',
)
const container = (name: string): fc.Arbitrary<JsonMap> =>
  fc.record(
    {
      name: fc.constant(name),
      image,
      securityContext,
      ports: fc.array(
        fc.record(
          { containerPort: fc.constant(80), hostPort: fc.constantFrom(0, 80) },
          { requiredKeys: ['containerPort'] },
        ),
        { maxLength: 2 },
      ),
      resources: fc.record({ requests: quantities, limits: quantities }, { requiredKeys: [] }),
      livenessProbe: fc.constant({}),
      readinessProbe: fc.constant({}),
      env: fc.array(fc.record({ name: variable, value: fc.constantFrom('', 'x') }, { requiredKeys: ['name'] }), {
        maxLength: 2,
      }),
    },
    { requiredKeys: ['name'] },
  )
const spec: fc.Arbitrary<JsonMap> = fc.record(
  {
    containers: fc.tuple(container('a')),
    initContainers: fc.tuple(container('b')),
    ephemeralContainers: fc.tuple(container('c')),
    securityContext,
    hostPID: fc.boolean(),
    hostNetwork: fc.boolean(),
    automountServiceAccountToken: fc.boolean(),
    serviceAccountName: fc.constantFrom('default', 'runner'),
    volumes: fc.array(
      fc.record(
        {
          name: fc.constant('v'),
          hostPath: fc.record({ path: fc.constantFrom('/', '/var/log', '/var/log/../..', '/var/logs') }),
        },
        { requiredKeys: ['name'] },
      ),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['containers'] },
)
const object: fc.Arbitrary<JsonMap> = fc.oneof(
  spec.map(pod),
  spec.map(deployment),
  spec.map(cronJob),
  fc.array(variable, { maxLength: 2 }).map((keys): JsonMap => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'c', namespace: 'n' },
    data: Object.fromEntries(keys.map((key) => [key, 'x'])),
  })),
)

/** With parameters that do something. */
const PARAMETERS: Readonly<Record<string, JsonMap>> = {
  'image-policy': {
    allowedRegistries: ['ghcr.io/acme', 'docker.io/library/'],
    requireDigests: true,
    exemptImages: ['localhost*'],
  },
  'no-host-paths': { allowedPaths: ['/var/log'] },
  'no-automount-token': { allowedServiceAccounts: ['runner'] },
  'block-privileged': { exemptImages: ['nginx', 'ghcr.io/acme/*'] },
}

function setOf(policy: Policy): PolicySet {
  const set = new PolicySet({ prefer: 'cel' })
  const files = policyFiles(policy, { kind: 'gatekeeper', failing: [], passing: [] })
  for (const name of ['template.yaml', 'constraint.yaml']) {
    const text = files.find(({ path }) => path.endsWith(`/${name}`))?.text ?? ''
    for (const one of objectsOf(parseYaml(name, text))) {
      if (name === 'template.yaml') set.addTemplate(compileTemplate(one))
      else set.addConstraint(one)
    }
  }
  return set
}

const variants = POLICIES.filter(({ pods }) => pods).map((policy): Policy => {
  return { ...policy, parameters: { ...policy.parameters, ...PARAMETERS[policy.name] } }
})

test.each(variants.map((policy) => [policy.name, policy] as const))(
  '%s: CEL, Rego and the Conftest twin agree on what is refused',
  (name, policy) => {
    const set = setOf(policy)
    const twin = compile([parseModule('twin.rego', conftestRego(policy, policy.parameters))]).prepare(
      `data.main.deny_${name.replaceAll('-', '_')}[v]`,
    )
    const kinds = new Set(policy.matches.flatMap((match) => match.kinds))
    let refused = 0
    let accepted = 0
    fc.assert(
      fc.property(object, (one) => {
        if (!kinds.has(String(one['kind']))) return
        const cel = reviewAll(set, new KubernetesObject(one), { inventory: Inventory.of([]) })
        const rego = judge(policy, one)
        const conftest = twin.evaluate({ input: fromJson(one) })
        if (rego.length > 0) refused++
        else accepted++
        expect(cel.map(({ message }) => message).filter((message) => message.includes('error'))).toEqual([])
        expect({ cel: cel.length > 0, conftest: conftest.length }).toEqual({
          cel: rego.length > 0,
          conftest: rego.length,
        })
      }),
      { numRuns: 300, seed: 6 },
    )
    expect(Math.min(refused, accepted)).toBeGreaterThan(0)
  },
)
