import type { YamlChange } from '../../edit/yaml/index.ts'
import { type Container, containers, podTemplate } from '../../resources/kubernetes/workloads.ts'
import { Place } from '../../resources/place.ts'
import type { KubernetesResource } from '../../resources/resource.ts'

/** A container that takes a credential by an environment variable, and where the credential is kept from now on. */
export interface Use {
  readonly resource: KubernetesResource
  readonly container: Container
  /** The variable's name. */
  readonly name: string
  /** The item of `env`; undefined if a ConfigMap gave the variable by `envFrom`. */
  readonly item: Place | undefined
  /** Name and key of the Kubernetes Secret. */
  readonly secret: string
  readonly key: string
  /** The ConfigMap that the variable came from, and the entry that it loses. */
  readonly from?: { readonly map: KubernetesResource; readonly entry: string }
}

/** The container whose list of variables an item belongs to. */
export function containerOf(item: Place): Container | undefined {
  const template = podTemplate(Place.of(item.resource))
  const around = item.parent?.parent?.pathText
  return template === undefined ? undefined : containers(template.spec).find(({ place }) => place.pathText === around)
}

/** The variable takes its value from the Secret. */
export function byReference({ container, item, name, secret, key }: Use): readonly YamlChange[] {
  const valueFrom = { secretKeyRef: { name: secret, key } }
  if (item === undefined) return [{ op: 'append', path: container.place.get('env').path, value: { name, valueFrom } }]
  return [
    { op: 'delete', path: item.get('value').path },
    { op: 'set', path: item.get('valueFrom').path, value: valueFrom },
  ]
}

/** A variable with `_FILE` names the file in place of the one that held the value. */
export function byFile({ container, item, name }: Use, file: string): readonly YamlChange[] {
  const value = { name: `${name}_FILE`, value: file }
  if (item === undefined) return [{ op: 'append', path: container.place.get('env').path, value }]
  return [
    { op: 'set', path: item.get('name').path, value: value.name },
    { op: 'delete', path: item.get('valueFrom').path },
    { op: 'set', path: item.get('value').path, value: file },
  ]
}
