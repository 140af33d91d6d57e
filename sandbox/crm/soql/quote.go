package soql

import "strings"

var (
	escaped  = strings.NewReplacer(`\`, `\\`, `'`, `\'`)
	verbatim = strings.NewReplacer(`\`, `\\`, `'`, `\'`, `%`, `\%`, `_`, `\_`)
)

// Quote writes text as a literal, quotes and all.
func Quote(text string) string { return "'" + escaped.Replace(text) + "'" }

// EscapeLike writes text for a pattern of LIKE in which it stands for itself; the quotes are the caller's.
func EscapeLike(text string) string { return verbatim.Replace(text) }
