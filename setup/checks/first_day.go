package checks

import "slices"

// firstDay says which checks answer what docs/real-org.md asks under "The first day", by the number there. The page and
// this list name the same checks.
var firstDay = [][]string{
	1: {"Salesforce package"},
	2: {"External Client App"},
	3: {"adapter signs in"},
	4: {"host names", "softphone page"},
	5: {"call center"},
	6: {"Service Console"},
	7: {"framing", "microphone"},
	8: {"Amazon Connect rights"},
	9: {"taking back"},
}

// dayOf is the number of a check on the first day; 0 if it has none.
func dayOf(check string) int {
	return max(0, slices.IndexFunc(firstDay, func(checks []string) bool { return slices.Contains(checks, check) }))
}
