import { containers, podTemplate } from '../../resources/kubernetes/workloads.ts'
import { decide, Place } from '../../resources/place.ts'
import type { WorkspaceEdit } from '../../text/workspace-edit.ts'
import type { Assessment, BuiltEdit, Complaint, FixContext, FixRefusal } from '../fixer.ts'
import { objectEdit } from '../shared/anchors.ts'
import { whyForeign } from '../shared/manifests.ts'
import { textAt } from '../shared/text-at.ts'
import { whyNoFile } from './delivery.ts'
import { mountFiles } from './mounts.ts'
import { FILES_SETTING } from './programs.ts'
import { containerOf, type Use } from './uses.ts'

export const FILES_RULE = 'k8s-secrets-as-files'

/** A variable from a Secret that can be a file: C, since only the cluster shows who else relies on the variable. */
export function assessFile(complaint: Complaint, context: FixContext): Assessment | FixRefusal {
  const use = useOf(complaint, context)
  if ('refused' in use) return use
  const tried = fileEdits([use], context)
  if ('refused' in tried) return tried
  const { resource, container, name } = use
  return {
    rank: 'C',
    title: `Give ${name} to container ${container.name} as a file`,
    minutes: 5,
    group: `files ${resource.root} ${resource.address}`,
    reason: `the repository cannot show what else reads ${name}, such as a script in a volume or a person in the container`,
    blastRadius: [resource.address],
    runbook: [
      `1. See that the version that runs reads ${name}_FILE, and cuts off no part of the value.`,
      `2. Approve, and roll ${resource.address} out: its pods are replaced, the Secret stays as it is.`,
    ].join('\n'),
  }
}

export function buildFiles(complaints: readonly Complaint[], context: FixContext): BuiltEdit | FixRefusal {
  const leftOut: { fingerprint: string; refusal: FixRefusal }[] = []
  const uses: Use[] = []
  for (const complaint of complaints) {
    const use = useOf(complaint, context)
    if ('refused' in use) leftOut.push({ fingerprint: complaint.fingerprint, refusal: use })
    else uses.push(use)
  }
  const edit = fileEdits(uses, context)
  return 'refused' in edit ? edit : { ...edit, leftOut }
}

/** What a complaint about a variable comes to; a refusal if it has to stay one. */
export function useOf({ at }: Complaint, context: FixContext): Use | FixRefusal {
  const { resource } = at
  const item = at.parent?.parent
  if (resource.kind !== 'kubernetes' || item === undefined)
    return { code: 'no-fix', refused: `${resource.address} is no Kubernetes object` }
  const foreign = whyForeign(resource, context.estate)
  if (foreign !== undefined) return foreign
  if (at.path.at(-1) === 'secretRef') {
    const refused =
      'which variables the Secret gives is not written here: list in `env` what the program reads, each with a ' +
      `\`secretKeyRef\`, and list the program in ${FILES_SETTING} if it can read files`
    return { code: 'no-fix', refused }
  }
  const container = containerOf(item)
  const [name, secret, key] = [item.get('name'), at.get('name'), at.get('key')].map((place) => textAt(place))
  if (container === undefined || name === undefined || secret === undefined || key === undefined)
    return { code: 'undecidable', refused: 'the variable, its Secret or the key is not known' }
  if (decide(at.get('optional').bool(), (optional) => optional === true) !== 'no')
    return { code: 'no-fix', refused: `${name} is optional: without the Secret, ${name}_FILE would name no file` }
  const use: Use = { resource, container, name, item, secret, key }
  const why = whyNoFile(use, context)
  return why === undefined ? use : { code: 'no-fix', refused: why }
}

/** The edit for variables of one object, together with those that share their text by a YAML anchor. */
function fileEdits(uses: readonly Use[], context: FixContext): WorkspaceEdit | FixRefusal {
  const [first] = uses
  if (first === undefined) return { code: 'no-fix', refused: 'there is nothing to deliver' }
  const all = withShared(uses)
  const why = all.map((use) => whyNoFile(use, context)).find((reason) => reason !== undefined)
  return why === undefined ? objectEdit(first.resource, mountFiles(all)) : { code: 'no-fix', refused: why }
}

function withShared(uses: readonly Use[]): readonly Use[] {
  const all = [...uses]
  for (const use of uses) {
    const template = podTemplate(Place.of(use.resource))
    for (const container of template === undefined ? [] : containers(template.spec)) {
      for (const item of container.place.get('env').items()) {
        const isThere = all.some((other) => other.item?.pathText === item.pathText)
        if (!isThere && nodeOf(item) !== undefined && nodeOf(item) === nodeOf(use.item))
          all.push({ ...use, container, item })
      }
    }
  }
  return all
}

function nodeOf(item: Place | undefined): unknown {
  const origin = item?.value?.origin
  return origin?.language === 'yaml' ? origin.node : undefined
}
