import type { EstateFiles } from '../estate.ts'
import type { ModuleIndex } from './module-index.ts'
import type { ModuleSource } from './module-source.ts'

/**
 * A project as the reading of one root module sees it. Remembers each question with its answer, so that the next
 * reading can tell whether this one would still come out the same.
 */
export class ProjectView {
  #index: ModuleIndex
  #files: EstateFiles
  readonly #stillTrue = new Map<string, (index: ModuleIndex, files: EstateFiles) => boolean>()

  constructor(index: ModuleIndex, files: EstateFiles) {
    this.#index = index
    this.#files = files
  }

  source(dir: string): ModuleSource | undefined {
    return this.#ask(`source ${dir}`, (index) => index.source(dir))
  }

  /** As `ModuleIndex.installedFolder`. */
  installedFolder(root: string, key: string): string | undefined {
    return this.#ask(`installed ${root}\0${key}`, (index) => index.installedFolder(root, key))
  }

  get usesTerragrunt(): boolean {
    return this.#ask('terragrunt', (index) => index.usesTerragrunt)
  }

  text(path: string): string | undefined {
    return this.#ask(`text ${path}`, (_, { files, links, vendored }) => {
      const real = links?.get(path) ?? path
      return files.get(real) ?? vendored.get(real)
    })
  }

  /** Paths of the project's own files, sorted. */
  pathsMatching(pattern: RegExp): readonly string[] {
    const matching = (_: ModuleIndex, { files }: EstateFiles): readonly string[] =>
      [...files.keys()].filter((path) => pattern.test(path)).toSorted()
    return this.#ask(`paths ${pattern.source}`, matching, (a, b) => a.join('\0') === b.join('\0'))
  }

  /** True if a changed project answers every question that was asked as this one did. */
  holdsIn(index: ModuleIndex, files: EstateFiles): boolean {
    return [...this.#stillTrue.values()].every((isTrue) => isTrue(index, files))
  }

  /** Later questions are about a changed project, in which all answers so far hold. */
  moveTo(index: ModuleIndex, files: EstateFiles): void {
    this.#index = index
    this.#files = files
  }

  #ask<T>(
    name: string,
    question: (index: ModuleIndex, files: EstateFiles) => T,
    isSame: (a: T, b: T) => boolean = Object.is,
  ): T {
    const answer = question(this.#index, this.#files)
    if (!this.#stillTrue.has(name)) this.#stillTrue.set(name, (index, files) => isSame(answer, question(index, files)))
    return answer
  }
}
