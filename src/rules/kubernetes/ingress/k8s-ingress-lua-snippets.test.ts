import { testRule } from '../../../testing/index.ts'
import { ingress, templated, without } from './ingress.test-helper.ts'
import rule from './k8s-ingress-lua-snippets.ts'

const snippet = (text: string) => ingress(`nginx.ingress.kubernetes.io/server-snippet: ${JSON.stringify(text)}`)

testRule(rule, {
  valid: [
    without,
    snippet('add_header X-Powered-By lua;'),
    { name: 'in a comment', code: snippet('# content_by_lua_block {}\nreturn 200;') },
    { name: 'in a path', code: snippet('location /by_lua { return 404; }') },
  ],
  undecided: [{ name: 'Helm fills it in', code: templated }],
  invalid: [
    {
      name: 'a block',
      code: snippet('location /x { content_by_lua_block { ngx.say(1) } }'),
      problems: [{ message: 'snippet', at: '7:49-7:102' }],
      output: without,
    },
    {
      name: 'a setting of the module',
      code: snippet('lua_code_cache off;'),
      problems: [{ message: 'snippet' }],
      output: without,
    },
  ],
})
