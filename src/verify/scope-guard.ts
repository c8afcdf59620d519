import type { Estate } from '../resources/estate.ts'
import { Place } from '../resources/place.ts'
import type { KubernetesResource, Resource, TerraformResource } from '../resources/resource.ts'
import { SETTINGS_FILES } from '../engine/suppress/settings-files.ts'
import { widened } from './width.ts'

/** Comments and annotations by which scanners are told to be silent, up to the end of their line. */
const SUPPRESSION =
  /(?:(?:secops|tfsec|trivy|terrascan|kics|snyk|semgrep|kubelinter|hadolint|tflint|regula|cfn_nag|zizmor|kubesec|datree)[:._/-]?\s*(?:ignore|skip|disable|scan|exclude)|secops\.dev\/ignore|(?:checkov|bridgecrew)[:.](?:skip|io\/skip)|ignore-check\.kube-linter|polaris\.fairwinds\.com\/[\w-]*exempt|\bnosec\b|\bnosemgrep\b).*/gi

/** Files that say which findings count, ours and those of other scanners; no fix has any business there. */
const CONTROL_FILE =
  /(?:^|\/)(?:secops\.ya?ml|\.gitignore|\.trivyignore(?:\.ya?ml)?|trivy\.ya?ml|\.tfsecignore|\.snyk|\.semgrepignore|\.kube-linter\.ya?ml|\.hadolint\.ya?ml|\.tflint\.hcl|\.kics\.config|kics\.config|\.regula\.ya?ml|zizmor\.ya?ml|\.(?:checkov|bridgecrew)[\w.-]*|[\w.-]*baseline[\w.-]*\.json)$|(?:^|\/)(?:\.secops|\.tfsec|\.git)\//i

/** Why a fix may not write a file; undefined if it may. */
export function controlFile(path: string): string | undefined {
  if (CONTROL_FILE.test(path) || SETTINGS_FILES.includes(path))
    return `it would change what decides which findings count`
  // Terraform lays such a file over the others, whatever they say.
  if (/(?:^|\/)(?:\w[\w.-]*_)?override\.(?:tf|tofu)(?:\.json)?$/.test(path))
    return 'it would override what the other files say'
  return undefined
}

/** Ways of silencing a rule rather than fixing what it found. */
export function silencings(before: Estate, after: Estate): readonly string[] {
  return [
    ...(addsSuppression(before, after) ? ['it would add a suppression'] : []),
    ...widened(before, after).map((address) => `it would widen the scope of ${address}`),
    ...switchedOff(before, after),
  ]
}

function addsSuppression(before: Estate, after: Estate): boolean {
  const had = suppressionsIn(before)
  for (const [text, count] of suppressionsIn(after)) if (count > (had.get(text) ?? 0)) return true
  return false
}

/** How often each suppression stands in each file: one that goes does not pay for another that comes. */
function suppressionsIn(estate: Estate): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const [path, text] of estate.files) {
    for (const [found] of text.matchAll(SUPPRESSION)) {
      const key = `${path}\u0000${found.trim()}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts
}

function switchedOff(before: Estate, after: Estate): string[] {
  const had = new Map(before.resources.map((resource) => [`${resource.root}\u0000${resource.address}`, resource]))
  return after.resources.flatMap((resource) => {
    const old = had.get(`${resource.root}\u0000${resource.address}`)
    if (old === undefined || old.value === resource.value) return []
    const why = whySwitchedOff(old, resource)
    return why === undefined ? [] : [`it would ${why} ${resource.address}`]
  })
}

function whySwitchedOff(old: Resource, now: Resource): string | undefined {
  if (old.kind === 'kubernetes' && now.kind === 'kubernetes') return whyIdle(old, now)
  if (old.kind === 'terraform' && now.kind === 'terraform') return whyDetached(old, now)
  return undefined
}

/** Numbers that stop a thing when they are 0. */
const SCALES = ['spec.replicas', 'spec.parallelism', 'spec.completions', 'spec.maxReplicas']

const CONTAINERS = ['containers', 'initContainers', 'ephemeralContainers']
const POD_SPECS = ['spec', 'spec.template.spec', 'spec.jobTemplate.spec.template.spec']

function whyIdle(old: KubernetesResource, now: KubernetesResource): string | undefined {
  const [was, is] = [Place.of(old), Place.of(now)]
  if (SCALES.some((path) => isZero(at(is, path)) && !isZero(at(was, path)))) return 'scale down'
  if (isTrue(at(is, 'spec.suspend')) && !isTrue(at(was, 'spec.suspend'))) return 'suspend'
  if (groupOf(old.apiVersion) !== groupOf(now.apiVersion)) return 'change the API group of'
  for (const spec of POD_SPECS) {
    for (const list of CONTAINERS) {
      const left = new Set(names(at(is, `${spec}.${list}`)))
      if (names(at(was, `${spec}.${list}`)).some((name) => !left.has(name))) return `take a container out of ${list} of`
    }
  }
  return undefined
}

/** Numbers of Terraform resources that stop them when they are 0. */
const CAPACITIES = ['desired_count', 'desired_capacity', 'max_size']

function whyDetached(old: TerraformResource, now: TerraformResource): string | undefined {
  const [was, is] = [Place.of(old), Place.of(now)]
  for (const name of ['count', 'for_each']) {
    if (was.get(name).absent && !is.get(name).absent) return 'make conditional'
  }
  if (CAPACITIES.some((name) => isZero(is.get(name)) && !isZero(was.get(name)))) return 'scale down'
  if (textOf(old, 'provider') !== textOf(now, 'provider')) return 'change the provider of'
  const ignored = (text: string | undefined): string =>
    /ignore_changes\s*=\s*(\[[^\]]*\]|\w+)/.exec(text ?? '')?.[1] ?? ''
  const [ignoredBefore, ignoredNow] = [ignored(textOf(old, 'lifecycle')), ignored(textOf(now, 'lifecycle'))]
  if (ignoredNow !== '' && ignoredNow.replace(/\s/g, '') !== ignoredBefore.replace(/\s/g, '')) {
    return 'tell Terraform to ignore changes of'
  }
  return undefined
}

/** What a meta-argument is written as. */
function textOf({ source }: TerraformResource, name: string): string | undefined {
  const item = source?.block.body.items.find((one) => (one.kind === 'block' ? one.type : one.name) === name)
  return item === undefined ? undefined : source?.document.text.slice(item.span.start, item.span.end)
}

function at(place: Place, path: string): Place {
  return place.get(...path.split('.'))
}

function isZero(place: Place): boolean {
  const number = place.number()
  return number.kind === 'known' && number.value === 0
}

function isTrue(place: Place): boolean {
  const flag = place.bool()
  return flag.kind === 'known' && flag.value
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
}

function names(list: Place): string[] {
  return list.items().flatMap((item) => {
    const name = item.get('name').string()
    return name.kind === 'known' ? [name.value] : []
  })
}
