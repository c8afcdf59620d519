import type { Span } from '../../text/span.ts'
import type { ParsedFile } from '../document.ts'

/** A Dockerfile: its build stages, in order. The last one is what `docker build` tags. */
export interface DockerfileFile extends ParsedFile {
  readonly language: 'dockerfile'
  readonly stages: readonly DockerfileStage[]
}

/** A word of an instruction, with build arguments and environment variables filled in where their value is written. */
export interface DockerfileWord {
  /** Undefined if it needs a value that only the build knows. */
  readonly value: string | undefined
  /** As written. */
  readonly raw: string
  readonly span: Span
}

export interface DockerfileStage {
  /** `builder` in `FROM node:22 AS builder`. */
  readonly name: string | undefined
  /** The image, or the name of an earlier stage. */
  readonly from: DockerfileWord
  /** Index of the earlier stage this one continues; undefined if it starts from an image. */
  readonly parent: number | undefined
  /** All USER instructions, in order; the last one holds. */
  readonly users: readonly DockerfileWord[]
  readonly workdirs: readonly DockerfileWord[]
  /** Paths of VOLUME. */
  readonly volumes: readonly DockerfileWord[]
  /** Operands of EXPOSE, such as `8080` or `53/udp`. */
  readonly exposes: readonly DockerfileWord[]
  /** The last HEALTHCHECK; `none` if it is `HEALTHCHECK NONE`. */
  readonly healthcheck: { readonly none: boolean; readonly span: Span } | undefined
}
