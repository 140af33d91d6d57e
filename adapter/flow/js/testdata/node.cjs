// What the language says to the cases: reads them from standard input, writes one answer for each.
const numeric = (v) => typeof v === "number" || (typeof v === "string" && v.trim() !== "" && !Number.isNaN(Number(v)));
const unset = (v) => (v === null ? "" : String(v));
const written = (n) => (Object.is(n, -0) ? "-0" : String(n));
const date = (v) => {
	const d = new Date(v);
	return Number.isNaN(d.getTime()) ? "none" : d.toISOString();
};
const ops = {
	text: (v) => String(v),
	number: (v) => written(Number(v)),
	truthy: (v) => Boolean(v),
	equal: (a, b) => (numeric(a) && numeric(b) ? Number(a) === Number(b) : unset(a) === unset(b)),
	less: (a, b) => (numeric(a) && numeric(b) ? Number(a) < Number(b) : unset(a) < unset(b)),
	length: (v) => v.length,
	slice: (v, start, end) => (end === null ? v.slice(start) : v.slice(start, end)),
	replace: (text, pattern, by) => text.replace(pattern, by),
	match: (text, pattern, flags, by) => text.replace(new RegExp(pattern, flags), by),
	product: (a, b) => written(Number(a) * Number(b)),
	quotient: (a, b) => written(Number(a) / Number(b)),
	date,
};
const cases = JSON.parse(require("node:fs").readFileSync(0, "utf8"));
const answers = cases.map(([op, ...args]) => {
	const answer = ops[op](...args);
	return { case: [op, ...args], answer: typeof answer === "string" ? answer.toWellFormed() : answer };
});
process.stdout.write(`[\n${answers.map((a) => JSON.stringify(a)).join(",\n")}\n]\n`);
