import type { YamlData } from '../../edit/yaml/index.ts'
import { containerConcern, refuse } from './concern.ts'
import { commandLine, containerPorts, textAt, type WorkloadContainer } from './view.ts'

type ProbeName = 'livenessProbe' | 'readinessProbe'

/** How a probe would ask, and what shows that the container answers it. */
export type ProbePlan =
  | { readonly kind: 'http'; readonly path: string; readonly file: string; readonly port: number | string }
  | { readonly kind: 'exec'; readonly command: readonly string[] }
  | { readonly kind: 'tcp'; readonly port: number | string }

const PATHS: Readonly<Record<ProbeName, readonly string[]>> = {
  livenessProbe: ['/health', '/healthz', '/live', '/livez', '/health/live', '/api/health'],
  readinessProbe: ['/ready', '/readyz', '/readiness', '/health/ready', '/api/ready'],
}

const PROBE_OF: Readonly<Record<string, ProbeName>> = {
  'k8s-liveness-probe': 'livenessProbe',
  'k8s-readiness-probe': 'readinessProbe',
}

/** Undefined if nothing shows a port or a command to ask. */
export function planProbe(container: WorkloadContainer, probe: ProbeName): ProbePlan | undefined {
  const exec = container.known?.kind === 'official' ? execProbe(container, probe) : undefined
  if (exec !== undefined) return { kind: 'exec', command: exec }
  const port = firstPort(container)
  if (port === undefined) return undefined
  const routes = container.known?.kind === 'own' && !isTls(container) ? container.known.routes : []
  const route = PATHS[probe].flatMap((path) => routes.find((one) => one.path === path) ?? []).at(0)
  return route === undefined ? { kind: 'tcp', port } : { kind: 'http', path: route.path, file: route.file, port }
}

function execProbe(container: WorkloadContainer, probe: ProbeName): readonly string[] | undefined {
  const probes = container.facts?.probe
  if (probes === undefined) return undefined
  // A server that wants a password answers the ping with an error, which is not the word that tells.
  const wantsPassword = /requirepass|aclfile|\.conf\b/.test(commandLine(container))
  if (wantsPassword && probe === 'readinessProbe') return undefined
  return probe === 'livenessProbe' ? probes.liveness : probes.readiness
}

/** The first TCP port, by name if the manifest gives it one; else what the image says. */
function firstPort(container: WorkloadContainer): number | string | undefined {
  const declared = container.place
    .get('ports')
    .items()
    .find(
      (port) => (textAt(port.get('protocol')) ?? 'TCP') === 'TCP' && port.get('containerPort').value?.kind === 'number',
    )
  const name = declared === undefined ? undefined : textAt(declared.get('name'))
  return name ?? containerPorts(container)[0]
}

/** A plain HTTP probe on a TLS port would fail; a connection still tells something. */
function isTls(container: WorkloadContainer): boolean {
  const port = firstPort(container)
  return port === 443 || port === 8443 || (typeof port === 'string' && /https|tls/.test(port))
}

function probeData(plan: ProbePlan, probe: ProbeName): YamlData {
  const ask: Record<string, YamlData> =
    plan.kind === 'http'
      ? { httpGet: { path: plan.path, port: plan.port } }
      : plan.kind === 'tcp'
        ? { tcpSocket: { port: plan.port } }
        : { exec: { command: [...plan.command] } }
  return probe === 'livenessProbe'
    ? { ...ask, initialDelaySeconds: 30, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
    : { ...ask, initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
}

export const probes = containerConcern({
  rules: Object.keys(PROBE_OF),
  assess(container, _subject, { ruleId }) {
    const probe = PROBE_OF[ruleId]
    const plan = probe === undefined ? undefined : planProbe(container, probe)
    if (probe === undefined || plan === undefined) {
      return refuse(
        `container ${container.name} names no port and its image is not known, so nothing shows what a probe could ask; ` +
          'declare its containerPort, or add a probe that runs a command',
      )
    }
    const kind = probe === 'livenessProbe' ? 'liveness' : 'readiness'
    if (plan.kind === 'http') {
      const steps = [`The route is declared in ${plan.file}; make sure that it answers 200 without a login.`]
      return { rank: 'D', title: `Probe ${kind} of container ${container.name} with GET ${plan.path}`, steps }
    }
    if (plan.kind === 'exec') {
      const steps = [
        `Try the command in a running pod: \`kubectl exec <pod> -c ${container.name} -- ${plan.command.join(' ')}\`.`,
      ]
      return { rank: 'D', title: `Probe ${kind} of container ${container.name} with ${plan.command.join(' ')}`, steps }
    }
    const title = `Probe ${kind} of container ${container.name} by connecting to port ${plan.port}`
    if (probe === 'readinessProbe') {
      return {
        rank: 'D',
        title,
        minutes: 1,
        steps: ['A connection shows less than an endpoint: add GET /ready to the service when you can.'],
      }
    }
    const reason = `nothing proves a health endpoint, and a container that is slow to open port ${plan.port} would be restarted again and again`
    return {
      rank: 'C',
      title,
      reason,
      steps: [`Measure the time from start to an open port ${plan.port}; it has to stay under 60 seconds.`],
    }
  },
  change(container, _subject, draft, { ruleId }) {
    const probe = PROBE_OF[ruleId]
    const plan = probe === undefined ? undefined : planProbe(container, probe)
    if (probe !== undefined && plan !== undefined) draft.set(container.place.get(probe), probeData(plan, probe))
  },
})
