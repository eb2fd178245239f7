// Money as the API sends it: whole minor units with a currency. Shown, never calculated with.
export interface Money {
  amount: number;
  currency: string;
}

const DECIMALS: Record<string, number> = { CNY: 2, USD: 2, EUR: 2, HKD: 2, GBP: 2, JPY: 0 };
const SYMBOLS: Record<string, string> = { CNY: "¥", USD: "US$", EUR: "€", HKD: "HK$", GBP: "£", JPY: "JP¥" };

export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** ¥2,800.00; a minus stands before the sign of the currency. */
export function money_text(money: Money): string {
  const decimals = DECIMALS[money.currency] ?? 2;
  const digits = String(Math.abs(money.amount)).padStart(decimals + 1, "0");
  const whole = grouped(digits.slice(0, digits.length - decimals));
  const part = decimals === 0 ? "" : "." + digits.slice(digits.length - decimals);
  const sign = SYMBOLS[money.currency] ?? money.currency + " ";
  return (money.amount < 0 ? "−" : "") + sign + whole + part;
}

/** ¥2,800 where nothing stands behind the point; for limits and estimates, not for bills. */
export function money_short(money: Money): string {
  return money_text(money).replace(/\.00$/, "");
}

/** ¥1,842: an estimate without its fen, which would promise what nobody knows. */
export function money_about(money: Money): string {
  return money_text(money).replace(/\.\d+$/, "");
}

/** What somebody types as an amount in yuan, as the API wants it: "30,000,000" is "30000000.00". Null: no amount. */
export function typed_amount(text: string): string | null {
  const plain = text.replace(/[,，\s¥￥]/g, "");
  const found = /^(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!found) return null;
  return `${found[1]}.${(found[2] ?? "").padEnd(2, "0")}`;
}

/** 30000000 read aloud: "3,000 万元" in Chinese, "30,000,000" in English. Empty: nothing that helps. */
export function amount_read(text: string, lang: "zh" | "en"): string {
  const amount = typed_amount(text);
  if (!amount) return "";
  const whole = amount.slice(0, -3).replace(/^0+(?=\d)/, "");
  if (whole.length < 4) return "";
  if (lang === "en") return "CNY " + grouped(whole);
  const [unit, zeros] = whole.length > 8 ? ["亿元", 8] : whole.length > 4 ? ["万元", 4] : ["元", 0];
  const head = whole.slice(0, whole.length - zeros);
  const tail = whole.slice(whole.length - zeros).replace(/0+$/, "");
  return `${grouped(head)}${tail ? "." + tail : ""} ${unit}`;
}

/** An amount as the API takes it: 30000000 minor units are "300000.00". */
export function plain_amount(money: Money): string {
  const decimals = DECIMALS[money.currency] ?? 2;
  const digits = String(Math.abs(money.amount)).padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return (money.amount < 0 ? "-" : "") + whole + (decimals === 0 ? "" : "." + digits.slice(digits.length - decimals));
}
