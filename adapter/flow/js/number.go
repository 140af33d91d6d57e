package js

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
)

// Number is Number(v). What is unset is NaN.
func Number(v any) float64 {
	switch v := v.(type) {
	case float64:
		return v
	case int:
		return float64(v)
	case bool:
		if v {
			return 1
		}
		return 0
	case string:
		return parse(v)
	case []any:
		return parse(Text(v))
	}
	return math.NaN()
}

// decimal is StrDecimalLiteral of the language without Infinity. Source: ECMA-262, 7.1.4.1.
var decimal = regexp.MustCompile(`^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$`)

func parse(text string) float64 {
	text = Trim(text)
	switch text {
	case "":
		return 0
	case "Infinity", "+Infinity":
		return math.Inf(1)
	case "-Infinity":
		return math.Inf(-1)
	}
	if len(text) > 2 && text[0] == '0' {
		if base := map[byte]int{'x': 16, 'o': 8, 'b': 2}[text[1]|0x20]; base != 0 {
			return whole(text[2:], base)
		}
	}
	if !decimal.MatchString(text) {
		return math.NaN()
	}
	f, _ := strconv.ParseFloat(text, 64) // out of range it is an infinity, as it is to be
	return f
}

// whole reads an unsigned whole number of any length.
func whole(digits string, base int) float64 {
	n, ok := new(big.Int).SetString(digits, base)
	if !ok || digits[0] == '+' || digits[0] == '-' || strings.Contains(digits, "_") {
		return math.NaN()
	}
	f, _ := new(big.Float).SetInt(n).Float64()
	return f
}

// Numeric says whether a value is a number, or a text that is one and not empty.
func Numeric(v any) (float64, bool) {
	switch v := v.(type) {
	case float64, int:
		f := Number(v)
		return f, !math.IsNaN(f)
	case string:
		f := parse(v)
		return f, !math.IsNaN(f) && Trim(v) != ""
	}
	return 0, false
}

// Format is a number's text: 100, 0.1, 1e+21, 1e-7, NaN. -0 is 0.
func Format(f float64) string {
	switch {
	case math.IsNaN(f):
		return "NaN"
	case math.IsInf(f, 1):
		return "Infinity"
	case math.IsInf(f, -1):
		return "-Infinity"
	case f == 0:
		return "0"
	}
	if abs := math.Abs(f); abs >= 1e-6 && abs < 1e21 {
		return strconv.FormatFloat(f, 'f', -1, 64)
	}
	digits, exponent, _ := strings.Cut(strconv.FormatFloat(f, 'e', -1, 64), "e")
	return digits + "e" + exponent[:1] + strings.TrimLeft(exponent[1:], "0")
}

// Integer is a number as positions take it: towards zero, 0 for NaN, within the bounds of an int32 so that nobody counts over.
func Integer(v any) int {
	f := Number(v)
	if math.IsNaN(f) {
		return 0
	}
	return int(max(math.MinInt32, min(math.MaxInt32, math.Trunc(f))))
}
