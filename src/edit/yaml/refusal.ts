/** Thrown inside this folder to end the building of an edit; `yamlEdit` turns it into its result. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
