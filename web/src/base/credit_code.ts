// 统一社会信用代码 (GB 32100-2015): 18 characters, the last one checks the others.
const ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
export const CREDIT_CODE_LENGTH = 18;

export type CreditCodeState = "empty" | "short" | "wrong_character" | "wrong_check" | "right";

export function tidy_credit_code(text: string): string {
  return text.toUpperCase().replace(/[\s-]/g, "").slice(0, CREDIT_CODE_LENGTH);
}

export function credit_code_state(code: string): CreditCodeState {
  if (code === "") return "empty";
  const values = [...code].map((each) => ALPHABET.indexOf(each));
  if (values.includes(-1)) return "wrong_character";
  if (code.length < CREDIT_CODE_LENGTH) return "short";
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * (values[place] ?? 0), 0);
  return (31 - (sum % 31)) % 31 === values[17] ? "right" : "wrong_check";
}
