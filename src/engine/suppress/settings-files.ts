/** Files in which people tell other scanners what to pass over. */
export const SETTINGS_FILES: readonly string[] = [
  '.checkov.yaml',
  '.checkov.yml',
  '.checkov.baseline',
  '.trivyignore',
  '.trivyignore.yaml',
  '.trivyignore.yml',
]
