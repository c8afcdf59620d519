/** A service of our own with a sidecar that runs as root, as a first draft of a manifest looks. */
export const BACKEND = {
  'k8s/backend.yaml': `# The payment API.
apiVersion: v1
kind: Service
metadata: {name: backend, namespace: bank}
spec:
  selector: {app: backend}
  ports: [{port: 80, targetPort: http}]
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: backend
  namespace: bank
spec:
  replicas: 2
  selector:
    matchLabels: {app: backend}
  template:
    metadata:
      labels:
        app: backend
    spec:
      containers:
        - name: api            # answers everything
          image: registry.example/bank/backend:1.4.2
          ports:
            - name: http
              containerPort: 3000
          securityContext:
            privileged: true
          env:
            - name: LOG_LEVEL
              value: info
        - name: audit
          image: registry.example/tools/audit-forwarder:2.1
          ports:
            - containerPort: 9100
          resources:
            requests:
              memory: 1Gi
`,
  'backend/Dockerfile':
    'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nUSER node\nEXPOSE 3000\nCMD ["node", "src/app.js"]\n',
  'backend/src/app.js':
    "const express = require('express')\nconst app = express()\napp.get('/health', (req, res) => res.send('ok'))\n",
} as const

export const POSTGRES = {
  'k8s/postgres.yaml': `apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: postgres
  namespace: bank
spec:
  serviceName: postgres
  selector: {matchLabels: {app: postgres}}
  template:
    metadata: {labels: {app: postgres}}
    spec:
      containers:
      - name: postgres
        image: postgres:16-alpine
        ports:
        - containerPort: 5432
        env:
        - name: POSTGRES_PASSWORD
          valueFrom: {secretKeyRef: {name: postgres, key: password}}
        volumeMounts:
        - name: data
          mountPath: /var/lib/postgresql/data
  volumeClaimTemplates:
  - metadata: {name: data}
    spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}
`,
} as const

export const REDIS = {
  'redis.yaml': `kind: Deployment
apiVersion: apps/v1
metadata:
  name: redis
spec:
  selector:
    matchLabels: { app: redis }
  template:
    metadata:
      labels: { app: redis }
    spec:
      containers:
        - { name: redis, image: "redis:7.4", ports: [ { containerPort: 6379 } ] }
`,
} as const

export const FRONTEND = {
  'k8s/frontend.yml': `apiVersion: apps/v1
kind: Deployment
metadata:
    name: frontend
    namespace: bank
spec:
    selector:
        matchLabels:
            app: frontend
    template:
        metadata:
            labels:
                app: frontend
        spec:
            hostNetwork: true
            dnsPolicy: ClusterFirstWithHostNet
            volumes:
                - name: docker
                  hostPath:
                      path: /var/run/docker.sock
                - name: uploads
                  hostPath:
                      path: /srv/uploads
                      type: DirectoryOrCreate
            containers:
                - name: nginx
                  image: nginx:1.27
                  ports:
                      - containerPort: 80
                        hostPort: 80
                  securityContext:
                      runAsUser: 0
                      capabilities:
                          add: [NET_ADMIN, cap_sys_admin]
                  volumeMounts:
                      - name: docker
                        mountPath: /var/run/docker.sock
                      - name: uploads
                        mountPath: /usr/share/nginx/html/uploads
`,
} as const

export const CRON = {
  'cron.yaml': `apiVersion: batch/v1
kind: CronJob
metadata:
  name: settle
  namespace: bank
spec:
  schedule: "0 3 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          initContainers:
            - name: wait
              image: busybox:1.36
              command: ["sh", "-c", "until nc -z postgres 5432; do sleep 1; done"]
          containers:
            - name: settle
              image: registry.example/bank/settle:3
              envFrom:
                - secretRef:
                    name: settle
---
apiVersion: v1
kind: Namespace
metadata:
  name: bank
`,
} as const
