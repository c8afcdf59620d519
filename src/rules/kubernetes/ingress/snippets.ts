import { deleteAt } from '../../../edit/yaml/place-edit.ts'
import type { Place } from '../../../resources/place.ts'
import { defineRule, notApplicable, type RuleDefinition, undecided } from '../../rule.ts'
import { inOwnFile } from '../../shared/kubernetes-fixes.ts'

/**
 * Annotations that put text into the configuration of NGINX: those of ingress-nginx under its default prefix, and those
 * of the NGINX company's controller.
 */
const SNIPPET = /^(?:nginx\.ingress\.kubernetes\.io\/[\w-]*snippet|nginx\.(?:org|com)\/[\w-]*snippets)$/

export type SnippetRule = Omit<RuleDefinition<'snippet'>, 'kind' | 'resources' | 'check'> & {
  /** What in a snippet makes it a problem. */
  holds(snippet: string): boolean
  /** True if a snippet that is not known is one all the same. */
  readonly any?: boolean
}

/** A rule about the snippets of NGINX configuration in an Ingress's annotations. */
export function snippetRule(rule: SnippetRule): RuleDefinition<'snippet'> {
  const { holds, any = false, ...definition } = rule
  return defineRule({
    ...definition,
    kind: 'kubernetes',
    resources: ['Ingress'],
    *check(ingress) {
      const { resource } = ingress
      if (resource.kind !== 'kubernetes' || !/^(?:networking\.k8s\.io|extensions)\//.test(resource.apiVersion)) {
        return yield notApplicable("it is no Ingress of Kubernetes' own API")
      }
      const annotations = ingress.get('metadata', 'annotations')
      if (annotations.mayHaveMore()) yield undecided(annotations)
      for (const annotation of annotations.keys()) {
        if (!SNIPPET.test(annotation)) continue
        const at = annotations.get(annotation)
        if (at.absent) continue
        const snippet = any ? ({ kind: 'absent' } as const) : at.string()
        if (snippet.kind === 'unknown') yield undecided(at)
        else if (snippet.kind === 'absent' || holds(snippet.value)) {
          yield { at, message: 'snippet', data: { annotation }, key: annotation, fix: removal(annotations, annotation) }
        }
      }
    },
  })
}

function removal(annotations: Place, annotation: string) {
  return {
    fixer: 'ingress-nginx',
    rank: 'C',
    title: `Remove the annotation ${annotation}`,
    minutes: 15,
    reason:
      'what the snippet does (headers, redirects, limits) ends with it, and the repository cannot show who relies on it',
    edits: inOwnFile(annotations, () => deleteAt(annotations, [annotation], true)),
  } as const
}

/** The snippet without its comments, which NGINX does not read. */
export function withoutComments(snippet: string): string {
  return snippet.replace(/(^|[\s;{}])#.*$/gm, '$1')
}
