// What may be recorded for the end of a policy, by whom, and with what.
export const CHOICES = ["manual", "automatic", "insured_declines", "insurer_declines"] as const;
export type Choice = (typeof CHOICES)[number];

/** What the service takes from somebody with these roles: the insurer's notice from an underwriter alone, and nothing twice. */
export function choices_of(roles: readonly string[], present: string): Choice[] {
  return CHOICES.filter((each) => each !== present && (each !== "insurer_declines" || roles.includes("underwriter")));
}

/** Whether a reason belongs to it: the insurer owes one, the insured may give one. */
export function reason_of(choice: string): "must" | "may" | null {
  return choice === "insurer_declines" ? "must" : choice === "insured_declines" ? "may" : null;
}
