/** The configuration of a project, in its root. */
export const CONFIG_NAME = 'secops.yaml'
