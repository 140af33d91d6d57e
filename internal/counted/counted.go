// Package counted says how many of a thing there are, as people say it.
//
// Read first: Noun.
package counted

import "fmt"

// Noun is a number before a thing whose plural ends in s: "1 user", "0 users".
func Noun(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}
