/** An edit that cannot be made safely, and why, as the end of a sentence: `the value comes from a downloaded module`. */
export interface EditRefusal {
  readonly refused: string
}
