import { decide, type Place } from '../../resources/place.ts'
import { defineRule } from '../rule.ts'

export default defineRule({
  id: 'source-health-routes',
  title: 'Services have routes for liveness and readiness',
  severity: 'low',
  severityReason:
    'Requests go on to a service that is up and cannot serve, for want of its database say, and one that hangs is not ' +
    'restarted; nobody gains access.',
  confidence: 'medium',
  controls: ['SC-5'],
  sameAs: [],
  kind: 'source',
  resources: ['HttpServer'],
  messages: {
    liveness: 'This service has no route that says that it is alive, such as /health.',
    readiness: 'This service has no route that says whether it can serve, such as /ready.',
  },
  remediation:
    'Answer GET /health without asking anything else, and GET /ready with 503 while something that every request needs, ' +
    'such as the database, cannot be reached. Put both before authentication.',
  *check(server) {
    if (isMissing(server, 'liveness')) yield { at: server.get('liveness'), message: 'liveness' }
    if (isMissing(server, 'readiness')) yield { at: server.get('readiness'), message: 'readiness' }
  },
})

function isMissing(server: Place, route: string): boolean {
  return decide(server.get(route).bool(), (there) => there === true) === 'no'
}
