import { describe, expect, test } from 'vitest'
import { loadAll } from 'js-yaml'
import type { FixPlan } from '../../verify/plan.ts'
import * as estates from './estates.test-helper.ts'
import deploymentSecurity from './index.ts'
import { KUBERNETES_RULES, plan, ranks, remaining } from './rules.test-helper.ts'

function textOf(result: FixPlan, path: string): string {
  return result.files.get(path) ?? ''
}

function again(result: FixPlan, approve: 'none' | 'C' | 'B'): FixPlan {
  return plan(Object.fromEntries(result.files), approve)
}

test('covers rules that exist, and those that belong to other fixers are not among them', () => {
  const ids = KUBERNETES_RULES.map(({ id }) => id)
  expect(deploymentSecurity.covers.filter((id) => !ids.includes(id))).toEqual([])
  for (const id of ['k8s-constraint-not-enforced', 'webhook-fails-open', 'k8s-no-plaintext-credentials']) {
    expect(ids).toContain(id)
    expect(deploymentSecurity.covers).not.toContain(id)
  }
})

describe.each(Object.entries(estates))('%s', (_name, files) => {
  test('approval cures everything, and a second run changes nothing', () => {
    const result = plan(files, 'B')
    expect(result.refused).toEqual([])
    expect(remaining(result)).toEqual([])
    expect(again(result, 'B').changes).toEqual([])
    expect(result.verification.every(({ decidesPass, nothingNew }) => decidesPass && nothingNew)).toBe(true)
  })

  test('the automatic part refuses nothing, repeats nothing, and approval finishes what it began', () => {
    const first = plan(files)
    expect(first.refused).toEqual([])
    expect(again(first, 'none').changes).toEqual([])
    const second = again(first, 'B')
    expect(second.refused).toEqual([])
    expect(remaining(second)).toEqual([])
  })

  test('everything released lies below the asked rank, and what is held says why', () => {
    const { applied, held } = plan(files)
    expect(
      applied.filter(({ curedBy }) => curedBy === undefined).every(({ judged }) => 'ED'.includes(judged.finding.rank)),
    ).toBe(true)
    for (const { remedy } of held) {
      expect(
        remedy.kind === 'fixer' && remedy.assessment.reason !== undefined && remedy.assessment.runbook !== undefined,
      ).toBe(true)
    }
  })

  test('another parser reads the result, with no volume or mount twice', () => {
    for (const [path, text] of plan(files, 'B').files) {
      if (!/\.ya?ml$/.test(path)) continue
      const objects: unknown[] = loadAll(text)
      for (const value of objects) checkPods(value)
    }
  })

  test('only manifests are touched', () => {
    expect(plan(files, 'B').changes.every(({ path }) => /\.ya?ml$/.test(path))).toBe(true)
  })
})

/** Finds pod specs anywhere in an object, and checks the names and paths that the API server wants to be unique. */
function checkPods(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  if ('containers' in value && Array.isArray(value.containers)) {
    const volumes = 'volumes' in value ? names(value.volumes, 'name') : []
    expect(new Set(volumes).size).toBe(volumes.length)
    for (const name of volumes) expect(name).toMatch(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/)
    const initial: unknown = 'initContainers' in value ? value.initContainers : []
    for (const container of [...value.containers, ...(Array.isArray(initial) ? initial : [])]) {
      const mounts: unknown =
        typeof container === 'object' && container !== null && 'volumeMounts' in container ? container.volumeMounts : []
      const paths = names(mounts, 'mountPath')
      expect(new Set(paths).size).toBe(paths.length)
    }
  }
  for (const child of Object.values(value)) checkPods(child)
}

function names(list: unknown, key: string): string[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown) => {
    const value: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, key) : undefined
    return typeof value === 'string' ? [value] : []
  })
}

describe('ranks', () => {
  test('of a service of our own follow from its Dockerfile and source', () => {
    expect(ranks(plan(estates.BACKEND))).toMatchObject({
      'k8s-no-privileged api': 'E',
      'k8s-no-privilege-escalation api': 'E',
      'k8s-drop-all-capabilities api': 'E',
      'k8s-drop-all-capabilities audit': 'C',
      'k8s-run-as-non-root api': 'D',
      'k8s-run-as-non-root audit': 'C',
      'k8s-high-uid api': 'C',
      'k8s-read-only-root-filesystem api': 'D',
      'k8s-read-only-root-filesystem audit': 'C',
      'k8s-liveness-probe api': 'D',
      'k8s-liveness-probe audit': 'C',
      'k8s-readiness-probe audit': 'D',
      'k8s-service-account-token': 'D',
      'k8s-seccomp-profile audit': 'E',
      'k8s-memory-limits audit': 'D',
    })
  })

  test('of an official image that switches users: capabilities only together with its user', () => {
    expect(ranks(plan(estates.POSTGRES))).toMatchObject({
      'k8s-drop-all-capabilities postgres': 'C',
      'k8s-run-as-non-root postgres': 'C',
      'k8s-read-only-root-filesystem postgres': 'D',
      'k8s-liveness-probe postgres': 'D',
      'k8s-readiness-probe postgres': 'D',
    })
  })

  test('of a namespace: warnings at once, enforcement with approval', () => {
    const { before } = plan(estates.CRON)
    const labels = before.judged.filter(({ finding }) => finding.ruleId === 'k8s-pod-security-labels')
    expect(labels.map(({ complaint, finding }) => [complaint.key, finding.rank]).sort()).toEqual([
      ['noWarning', 'D'],
      ['notEnforced', 'C'],
    ])
  })
})

describe('what is written', () => {
  test('a service of our own gets its own user automatically, a high one with approval', () => {
    expect(textOf(plan(estates.BACKEND), 'k8s/backend.yaml')).toContain('runAsUser: 1000\n')
    const approved = textOf(plan(estates.BACKEND, 'B'), 'k8s/backend.yaml')
    expect(approved).toContain('      securityContext:\n        runAsNonRoot: true\n        runAsUser: 10001\n')
    expect(approved).not.toContain('runAsUser: 1000\n')
  })

  test('only a route that the source has is asked for; comments stay', () => {
    const text = textOf(plan(estates.BACKEND), 'k8s/backend.yaml')
    expect(text).toContain(
      'livenessProbe:\n            httpGet:\n              path: /health\n              port: http\n',
    )
    expect(text).toContain('readinessProbe:\n            tcpSocket:\n              port: http\n')
    expect(text).toContain('- name: api            # answers everything\n')
  })

  test('a limit is never below the request that is there already', () => {
    const text = textOf(plan(estates.BACKEND), 'k8s/backend.yaml')
    expect(text).toContain(
      'memory: 1Gi\n              cpu: 250m\n            limits:\n              cpu: 500m\n              memory: 1Gi\n',
    )
  })

  test('Postgres on Alpine runs as 70, keeps its volume, and is asked by its own tool', () => {
    const text = textOf(plan(estates.POSTGRES, 'B'), 'k8s/postgres.yaml')
    expect(text).toContain('runAsUser: 70\n        fsGroup: 70\n        fsGroupChangePolicy: OnRootMismatch\n')
    expect(text).toContain('pg_isready')
    expect(text.match(/mountPath: \/var\/lib\/postgresql\/data\n/g)).toHaveLength(1)
    expect(text).not.toContain('PGDATA')
  })

  test('nginx on port 80 keeps it through a sysctl, and loses what belongs to the node', () => {
    const text = textOf(plan(estates.FRONTEND, 'B'), 'k8s/frontend.yml')
    expect(text).toContain('- name: net.ipv4.ip_unprivileged_port_start\n                      value: "0"\n')
    for (const gone of ['docker.sock', 'hostPath', 'hostNetwork', 'ClusterFirstWithHostNet', 'hostPort', 'NET_ADMIN']) {
      expect(text).not.toContain(gone)
    }
    expect(text).toContain('runAsUser: 101\n')
    expect(text).toContain('- name: uploads\n                  emptyDir: {}\n')
  })

  test('a flow mapping stays one', () => {
    const text = textOf(plan(estates.REDIS, 'B'), 'redis.yaml')
    expect(text).toMatch(/- \{ name: redis, image: "redis:7\.4", .*securityContext: \{.*\}.* \}\n/)
  })

  test('init containers are hardened, and jobs get no probes', () => {
    const text = textOf(plan(estates.CRON, 'B'), 'cron.yaml')
    expect(text.match(/readOnlyRootFilesystem: true/g)).toHaveLength(2)
    expect(text).not.toContain('Probe')
  })

  test('values of secops.yaml win over the defaults', () => {
    const values = { runAsUser: 20_002, resources: { limits: { memory: '2Gi' }, requests: { cpu: '50m' } } }
    const text = textOf(plan(estates.CRON, 'B', values), 'cron.yaml')
    expect(text).toContain('runAsUser: 20002\n')
    expect(text).toContain('memory: 2Gi\n')
    expect(text).toContain('cpu: 50m\n')
  })
})

test('next steps name the endpoint that is missing, the roll-out, and its proof', () => {
  const { before } = plan(estates.BACKEND)
  const complaints = before.judged.map(({ complaint }) => complaint)
  const steps = deploymentSecurity.nextSteps(complaints, { estate: before.estate, values: {} })
  expect(steps.some(({ text }) => text.includes('GET /ready'))).toBe(true)
  expect(steps.some(({ text }) => text.includes('GET /health'))).toBe(false)
  expect(steps.find(({ kind }) => kind === 'rollout')?.command).toBe(
    'kubectl apply -f k8s/backend.yaml && kubectl rollout status deployment/backend -n bank --timeout=5m',
  )
  expect(steps.find(({ kind }) => kind === 'prove')?.command).toBe('kubectl describe deployment/backend -n bank')
})

test('the blast radius names what sends requests to the pods', () => {
  const { before } = plan(estates.BACKEND)
  const found = before.judged.find(({ finding }) => finding.ruleId === 'k8s-high-uid')
  expect(found?.remedy.kind === 'fixer' && found.remedy.assessment.blastRadius).toEqual([
    'Service/bank/backend sends requests to these pods',
  ])
})
