/** Referential data: `data.inventory`, and the Namespaces that selectors ask for. */
import { fromJson, RegoObject, type Value } from '../rego/index.ts'
import type { KubernetesObject } from './objects.ts'

export class Inventory {
  readonly #objects = new Map<string, KubernetesObject>()
  readonly #namespaces = new Map<string, KubernetesObject>()
  #data: RegoObject | undefined

  static of(objects: Iterable<KubernetesObject>): Inventory {
    const inventory = new Inventory()
    for (const object of objects) inventory.add(object)
    return inventory
  }

  /** Takes the place of what has the same kind, namespace and name. */
  add(object: KubernetesObject): void {
    this.#objects.set([object.apiVersion, object.kind, object.namespace, object.name].join('\0'), object)
    if (object.isNamespace) this.#namespaces.set(object.name, object)
    this.#data = undefined
  }

  namespace(name: string): KubernetesObject | undefined {
    return this.#namespaces.get(name)
  }

  /** `{inventory: {cluster: {apiVersion: {kind: {name}}}, namespace: {ns: {apiVersion: {kind: {name}}}}}}` */
  get data(): RegoObject {
    return (this.#data ??= this.#build())
  }

  #build(): RegoObject {
    const cluster: Tree = {}
    const namespaces: Tree = {}
    for (const object of this.#objects.values()) {
      const base = object.namespace === '' ? cluster : branch(namespaces, object.namespace)
      set(branch(branch(base, object.apiVersion), object.kind), object.name, object.value)
    }
    const inventory: Tree = {}
    if (Object.keys(cluster).length > 0) set(inventory, 'cluster', cluster)
    if (Object.keys(namespaces).length > 0) set(inventory, 'namespace', namespaces)
    const entries: [Value, Value][] = [['inventory', fromJson(inventory)]]
    return RegoObject.of(entries)
  }
}

interface Tree {
  [key: string]: unknown
}

function branch(tree: Tree, key: string): Tree {
  const known = Object.hasOwn(tree, key) ? tree[key] : undefined
  if (isTree(known)) return known
  const made: Tree = {}
  set(tree, key, made)
  return made
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null
}

function set(tree: Tree, key: string, value: unknown): void {
  Object.defineProperty(tree, key, { value, enumerable: true, configurable: true, writable: true })
}
