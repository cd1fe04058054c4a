// Amounts as managers type them, by the rules of web/forecasts/amounts.py and core/money.py: the server decides,
// this answers at once. Öre in ledger sign (cost +) as whole numbers; nothing is ever a float on the way.
const MINUS_FORMS = "-\u2212\u2013\u2012\ufe63\uff0d";
const SPACES = /[ \t\u00a0\u202f\u2009\u2007]/g;
const DASHES = new RegExp(`[${MINUS_FORMS}]`, "g");
const LARGEST_ORE = 10n ** 14n;
const DECIMALS = { kr: 2, tkr: 5, mnkr: 8 }; // how many make an öre
const SUFFIXES = { kr: "kr", kronor: "kr", sek: "kr", ":-": "kr", tkr: "tkr", kkr: "tkr", tsek: "tkr", mnkr: "mnkr", mkr: "mnkr", msek: "mnkr" };
const SUFFIX = /(kronor|mnkr|msek|tsek|tkr|kkr|mkr|sek|kr|:-)$/i;
const COST = 1;

// Öre, null where the field is empty, undefined where it can't be read.
export function oreTyped(text, unit, side, language) {
  let number = text.trim();
  if (!number) return null;
  const suffix = number.match(SUFFIX);
  if (suffix) {
    unit = SUFFIXES[suffix[0].toLowerCase()];
    number = number.slice(0, suffix.index).trimEnd();
  }
  const ore = scaled(number, DECIMALS[unit], language);
  if (ore === undefined) return undefined;
  return Number(hasSign(number) ? -ore : BigInt(side) * ore);
}

function hasSign(number) {
  return `+(${MINUS_FORMS}`.includes(number[0]) || MINUS_FORMS.includes(number.at(-1));
}

function scaled(number, places, language) {
  let cleaned = number;
  const inParentheses = cleaned.startsWith("(") && cleaned.endsWith(")");
  if (inParentheses) cleaned = cleaned.slice(1, -1);
  cleaned = cleaned.replace(SPACES, "").replace(DASHES, "-");
  if (cleaned.endsWith("-")) cleaned = `-${cleaned.slice(0, -1)}`;
  cleaned = language === "en" ? withEnglishPoint(cleaned) : withDecimalPoint(cleaned);
  const read = cleaned === undefined ? null : cleaned.match(/^([+-]?)(\d+)(?:\.(\d+))?$/);
  if (!read || (inParentheses && read[1])) return undefined; // parentheses are a sign: another inside says two things
  const decimals = (read[3] ?? "").replace(/0+$/, "");
  if (decimals.length > places) return undefined; // finer than an öre
  const size = BigInt(read[2] + decimals.padEnd(places, "0"));
  if (size > LARGEST_ORE) return undefined;
  return (read[1] === "-") !== inParentheses ? -size : size;
}

// "1,400.5": the point is the decimal sign, commas group thousands
function withEnglishPoint(cleaned) {
  const [whole, ...decimals] = cleaned.split(".");
  const joined = ungrouped(whole, ",");
  return joined === undefined ? undefined : [joined, ...decimals].join(".");
}

function withDecimalPoint(cleaned) {
  const last = Math.max(cleaned.lastIndexOf(","), cleaned.lastIndexOf("."));
  if (last < 0) return cleaned;
  const sign = cleaned[last];
  const other = sign === "," ? "." : ",";
  if (cleaned.split(sign).length > 2) return ungrouped(cleaned, sign);
  const whole = cleaned.slice(0, last);
  const decimals = cleaned.slice(last + 1);
  // "1.400": thousand or decimals? only the user knows
  if (!cleaned.includes(other) && sign === "." && decimals.length === 3 && whole.replace(/^[+-]+/, "").length <= 3) return undefined;
  const joined = ungrouped(whole, other);
  return joined === undefined ? undefined : `${joined}.${decimals}`;
}

function ungrouped(whole, sign) {
  const mark = sign === "." ? "\\." : sign;
  if (whole.includes(sign) && !new RegExp(`^[+-]?\\d{1,3}(${mark}\\d{3})+$`).test(whole)) return undefined;
  return whole.replaceAll(sign, "");
}

// The amount in the page's sign (cost is minus), rounded half away from zero; "–" for nothing.
export function shown(ore, unit) {
  if (ore === null || ore === undefined) return "–";
  const places = DECIMALS[unit];
  const step = 10n ** BigInt(places);
  const size = BigInt(Math.abs(ore));
  const whole = (size + step / 2n) / step;
  return `${ore > 0 && whole ? "\u2212" : ""}${grouped(whole)}`;
}

// The amount to the öre, as it is typed back; "" for nothing.
export function exact(ore, unit, side, language) {
  if (ore === null || ore === undefined) return "";
  const places = DECIMALS[unit];
  const digits = BigInt(Math.abs(ore)).toString().padStart(places + 1, "0");
  const whole = grouped(BigInt(digits.slice(0, -places)));
  const decimals = digits.slice(-places).replace(/0+$/, "");
  const sign = ore > 0 ? "\u2212" : ore < 0 && side === COST ? "+" : "";
  return `${sign}${whole}${decimals ? (language === "en" ? "." : ",") + decimals : ""}`;
}

// The amount as spreadsheets read it: no spaces, a plain minus.
export function plain(ore, unit, side, language) {
  return exact(ore, unit, side, language).replaceAll("\u202f", "").replace("\u2212", "-");
}

function grouped(whole) {
  return whole.toString().replace(/\B(?=(\d{3})+$)/g, "\u202f");
}
