import type { Files } from './harness.ts'

/** A privileged pod: findings of the ranks E, D and C, all of them of deployment-security. */
export const PRIVILEGED_POD = `apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
    - name: web
      image: ghcr.io/acme/web:1.2.3
      securityContext:
        privileged: true # for the old card reader
`

/** One finding that is fixed without asking, on its third line from the end. */
export const nearlyGoodPod = (name = 'web'): string => `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: shop
spec:
  automountServiceAccountToken: false
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    seccompProfile: {type: RuntimeDefault}
  containers:
    - name: ${name}
      image: ghcr.io/acme/web:1.2.3
      resources:
        requests: {cpu: 250m, memory: 256Mi}
        limits: {cpu: 500m, memory: 512Mi}
      livenessProbe: {tcpSocket: {port: 8080}}
      readinessProbe: {tcpSocket: {port: 8080}}
      securityContext:
        capabilities: {drop: [ALL]}
        readOnlyRootFilesystem: true
        privileged: true # for the old card reader
        allowPrivilegeEscalation: false
`

export const PUBLIC_BUCKET = `resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
  acl    = "public-read" # 😀 open to all
}
`

export const OTHER_CLOUD = `resource "google_storage_bucket" "other" {
  name = "other"
}
`

export const BROKEN_TF = `resource "aws_s3_bucket" "broken" {
  bucket = "never closed
`

/** Terraform and Kubernetes with findings, a type without rules, nothing broken. */
export const SMALL_PROJECT: Files = {
  'infra/main.tf': PUBLIC_BUCKET,
  'infra/gcp.tf': OTHER_CLOUD,
  'k8s/pod.yaml': PRIVILEGED_POD,
}
