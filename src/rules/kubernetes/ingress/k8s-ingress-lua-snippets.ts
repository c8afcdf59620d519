import { snippetRule, withoutComments } from './snippets.ts'

export default snippetRule({
  id: 'k8s-ingress-lua-snippets',
  title: 'Ingresses run no Lua in NGINX',
  severity: 'high',
  severityReason:
    'Lua in a snippet runs inside the controller, which holds the keys of every TLS certificate and, by default, a token for ' +
    'the Secrets of all namespaces. It takes the right to write an Ingress, so it is not critical.',
  controls: ['CM-7', 'SI-10'],
  sameAs: ['checkov:CKV_K8S_152'],
  messages: { snippet: '{annotation} runs Lua in the ingress controller.' },
  remediation:
    'Remove the Lua: do the work in the application or in a proxy of its own behind the Ingress, and switch snippets off in ' +
    'the controller.',
  // Directives of the Lua module: `content_by_lua_block`, `lua_package_path`, `init_by_lua_file`.
  holds: (snippet) => /(?:^|[\s;{}])(?:lua_\w+|\w+_by_lua(?:_block|_file)?)(?=[\s{'"])/.test(withoutComments(snippet)),
})
