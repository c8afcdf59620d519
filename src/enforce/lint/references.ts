import type { YamlData } from '../../edit/yaml/data.ts'
import { type Fault, faultAt, type FaultId } from './fault.ts'
import { at, fields, type LintObject, list, rangeOf, type Step, text } from './objects.ts'

/** A definition of a Secret or ConfigMap; `keys` is undefined where what makes it decides. */
interface Definition {
  readonly keys: ReadonlySet<string> | undefined
}

/** What the manifests define, by `Kind/namespace/name`. */
export class Definitions {
  readonly #found = new Map<string, Definition>()
  /** Names that a kustomization makes, whatever their namespace. */
  readonly #anywhere = new Map<string, Definition>()

  constructor(objects: readonly LintObject[]) {
    for (const object of objects) this.#note(object)
  }

  #note(object: LintObject): void {
    const { kind, namespace, name, data, group } = object
    const put = (as: string, given: string, keys: ReadonlySet<string> | undefined): void => {
      this.#found.set(`${as}/${namespace}/${given}`, { keys })
    }
    if (group === '' && kind === 'Secret') {
      put('Secret', name, new Set([...Object.keys(fields(data['data'])), ...Object.keys(fields(data['stringData']))]))
    } else if (group === '' && kind === 'ConfigMap') {
      put(
        'ConfigMap',
        name,
        new Set([...Object.keys(fields(data['data'])), ...Object.keys(fields(data['binaryData']))]),
      )
    } else if (group === '' && kind === 'ServiceAccount') put('ServiceAccount', name, undefined)
    else if (kind === 'SealedSecret') {
      const made = text(at(data, 'spec', 'template', 'metadata', 'name')) || name
      put('Secret', made, new Set(Object.keys(fields(at(data, 'spec', 'encryptedData')))))
    } else if (kind === 'ExternalSecret') put('Secret', text(at(data, 'spec', 'target', 'name')) || name, undefined)
    else if (kind === 'Certificate') put('Secret', text(at(data, 'spec', 'secretName')), undefined)
    else if (kind === 'SecretProviderClass') {
      for (const one of list(at(data, 'spec', 'secretObjects'))) put('Secret', text(at(one, 'secretName')), undefined)
    } else if (kind === 'Kustomization') {
      for (const [field, as] of GENERATORS) {
        for (const one of list(data[field])) this.#anywhere.set(`${as}/${text(at(one, 'name'))}`, { keys: undefined })
      }
    }
  }

  get(kind: string, namespace: string, name: string): Definition | undefined {
    return (
      this.#found.get(`${kind}/${namespace}/${name}`) ??
      // A manifest without namespace goes where its fellows go.
      this.#found.get(`${kind}//${name}`) ??
      (namespace === ''
        ? [...this.#found].find(([key]) => key.startsWith(`${kind}/`) && key.endsWith(`/${name}`))?.[1]
        : undefined) ??
      this.#anywhere.get(`${kind}/${name}`)
    )
  }
}

const GENERATORS = [
  ['secretGenerator', 'Secret'],
  ['configMapGenerator', 'ConfigMap'],
] as const

const POD_SPECS: Readonly<Record<string, readonly Step[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
  Deployment: ['spec', 'template', 'spec'],
  StatefulSet: ['spec', 'template', 'spec'],
  DaemonSet: ['spec', 'template', 'spec'],
  ReplicaSet: ['spec', 'template', 'spec'],
  ReplicationController: ['spec', 'template', 'spec'],
  Job: ['spec', 'template', 'spec'],
}

/** References of a pod that lead nowhere. */
export function referenceFaults(object: LintObject, definitions: Definitions): Fault[] {
  const base = POD_SPECS[object.kind]
  if (base === undefined) return []
  return references(object, base).flatMap((reference) => judge(object, reference, definitions))
}

interface Reference {
  readonly kind: 'Secret' | 'ConfigMap' | 'ServiceAccount'
  readonly name: string
  readonly namePath: readonly Step[]
  readonly key?: string
  readonly keyPath?: readonly Step[]
}

const IDS: Readonly<Record<Reference['kind'], { readonly whole: FaultId; readonly key: FaultId }>> = {
  Secret: { whole: 'enforce-dangling-secret', key: 'enforce-dangling-secret-key' },
  ConfigMap: { whole: 'enforce-dangling-config-map', key: 'enforce-dangling-config-map-key' },
  ServiceAccount: { whole: 'enforce-dangling-service-account', key: 'enforce-dangling-service-account' },
}

/** Every namespace has these. */
const OWN: ReadonlySet<string> = new Set(['ServiceAccount/default', 'ConfigMap/kube-root-ca.crt'])

function judge(object: LintObject, reference: Reference, definitions: Definitions): Fault[] {
  const { kind, name, namePath, key, keyPath } = reference
  if (name === '' || OWN.has(`${kind}/${name}`)) return []
  const where = object.namespace === '' ? '' : ` in ${object.namespace}`
  const found = definitions.get(kind, object.namespace, name)
  if (found === undefined) {
    const message = `Nothing here defines the ${kind} ${name}${where}.`
    return [faultAt(IDS[kind].whole, object, rangeOf(object, namePath), message)]
  }
  if (key === undefined || keyPath === undefined || found.keys === undefined || found.keys.has(key)) return []
  const message = `The ${kind} ${name}${where} has no key ${key}.`
  return [faultAt(IDS[kind].key, object, rangeOf(object, keyPath), message)]
}

function references(object: LintObject, base: readonly Step[]): Reference[] {
  const spec = at(object.data, ...base)
  const found: Reference[] = []
  const put = (kind: Reference['kind'], path: readonly Step[], field: string, hasKey: boolean): void => {
    const value = at(object.data, ...path)
    if (value === undefined || at(value, 'optional') === true) return
    const key = hasKey ? text(at(value, 'key')) : ''
    const named = { kind, name: text(at(value, field)), namePath: [...path, field] }
    found.push(key === '' ? named : { ...named, key, keyPath: [...path, 'key'] })
  }
  const account = at(spec, 'serviceAccountName')
  if (account !== undefined) {
    found.push({ kind: 'ServiceAccount', name: text(account), namePath: [...base, 'serviceAccountName'] })
  }
  for (const [index] of list(at(spec, 'imagePullSecrets')).entries()) {
    put('Secret', [...base, 'imagePullSecrets', index], 'name', false)
  }
  for (const [field, index, container] of containersOf(spec)) {
    const path = [...base, field, index]
    for (const lane of list(at(container, 'env')).keys()) {
      put('Secret', [...path, 'env', lane, 'valueFrom', 'secretKeyRef'], 'name', true)
      put('ConfigMap', [...path, 'env', lane, 'valueFrom', 'configMapKeyRef'], 'name', true)
    }
    for (const lane of list(at(container, 'envFrom')).keys()) {
      put('Secret', [...path, 'envFrom', lane, 'secretRef'], 'name', false)
      put('ConfigMap', [...path, 'envFrom', lane, 'configMapRef'], 'name', false)
    }
  }
  for (const [index, volume] of list(at(spec, 'volumes')).entries()) {
    const path = [...base, 'volumes', index]
    found.push(...volumeReferences(object, path, volume))
    for (const lane of list(at(volume, 'projected', 'sources')).keys()) {
      put('Secret', [...path, 'projected', 'sources', lane, 'secret'], 'name', false)
      put('ConfigMap', [...path, 'projected', 'sources', lane, 'configMap'], 'name', false)
    }
  }
  return found
}

function containersOf(spec: YamlData | undefined): [string, number, YamlData][] {
  return ['initContainers', 'containers', 'ephemeralContainers'].flatMap((field) =>
    [...list(at(spec, field)).entries()].map(([index, container]): [string, number, YamlData] => [
      field,
      index,
      container,
    ]),
  )
}

/** A volume, and each of the keys that it names. */
function volumeReferences(object: LintObject, path: readonly Step[], volume: YamlData): Reference[] {
  const sources = [
    ['Secret', 'secret', 'secretName'],
    ['ConfigMap', 'configMap', 'name'],
  ] as const
  return sources.flatMap(([kind, source, field]): Reference[] => {
    const value = at(volume, source)
    if (value === undefined || at(value, 'optional') === true) return []
    const named = { kind, name: text(at(value, field)), namePath: [...path, source, field] }
    const items = list(at(object.data, ...path, source, 'items'))
    if (items.length === 0) return [named]
    return items.map((item, index) => ({
      ...named,
      key: text(at(item, 'key')),
      keyPath: [...path, source, 'items', index, 'key'],
    }))
  })
}
