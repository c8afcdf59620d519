import type { Node } from 'yaml'
import type { Block, HclDocument } from '../parse/hcl/ast.ts'
import type { JavaScriptFile } from '../parse/javascript/ast.ts'
import type { YamlFile } from '../parse/yaml/ast.ts'
import type { Location } from './location.ts'
import type { MapValue } from './value.ts'

export type ResourceKind = 'terraform' | 'kubernetes' | 'dockerfile' | 'workflow' | 'source' | 'secret'

/** One audited thing with an address, whatever language declares it. */
export type Resource = TerraformResource | KubernetesResource | SourceResource

interface ResourceBase {
  readonly type: string
  readonly name: string
  /** Unique together with `root`. */
  readonly address: string
  /** Terraform: the root module's folder, `.` for the project root. Kubernetes: the file's folder. Source: the package's. */
  readonly root: string
  readonly value: MapValue
  /** What a message about the whole resource points at. */
  readonly header: Location
  /** True if its count or for_each is known to be empty: declared, but switched off. */
  readonly dormant: boolean
}

export interface TerraformResource extends ResourceBase {
  readonly kind: 'terraform'
  /** `aws_s3_bucket`, `data.aws_iam_policy_document`, `provider.aws`, `terraform.backend.s3`, `module`. */
  readonly type: string
  /** `module.a.module.b`, or the empty string in the root module. */
  readonly modulePath: string
  /** The address without instance index. */
  readonly baseAddress: string
  /** Undefined for a resource read from a plan: it can be audited, not edited. */
  readonly source: TerraformSource | undefined
}

interface TerraformSource {
  readonly document: HclDocument
  readonly block: Block
  /** False for a module that was downloaded: its files are not the user's to edit. */
  readonly editable: boolean
  /** How many module calls share this block; 1 in a root module. */
  readonly sharedBy: number
}

export interface KubernetesResource extends ResourceBase {
  readonly kind: 'kubernetes'
  /** The object's `kind`. */
  readonly type: string
  readonly apiVersion: string
  /** Empty if the manifest names none. */
  readonly namespace: string
  readonly source: KubernetesSource
}

interface KubernetesSource {
  readonly document: YamlFile
  /** Index of the YAML document in the file. */
  readonly index: number
  /** The object's mapping: the document's root, or an item of a `List`. */
  readonly node: Node
}

/** A program of the project's own that answers HTTP requests. Its value holds what rules ask, see `readServers`. */
export interface SourceResource extends ResourceBase {
  readonly kind: 'source'
  readonly type: 'HttpServer'
  readonly source: ServerSource
}

export type ServerFramework = 'express' | 'fastify' | 'koa' | 'http'

interface ServerSource {
  /** The file that makes the application. */
  readonly document: JavaScriptFile
  readonly framework: ServerFramework
  /** The variable that holds the application or server; undefined if it has none. */
  readonly variable: string | undefined
}
