package config

import "strings"

// nearest is the name that somebody may have meant; "" if none is like what was written.
func nearest(written string, names []string) string {
	best, least := "", len(written)/3+1
	for _, name := range names {
		if d := distance(strings.ToLower(written), strings.ToLower(name)); d < least {
			best, least = name, d
		}
	}
	return best
}

// distance is how many characters have to be put in, left out or changed to make one text of another.
func distance(a, b string) int {
	before := make([]int, len(b)+1)
	for j := range before {
		before[j] = j
	}
	for i := range len(a) {
		now := []int{i + 1}
		for j := range len(b) {
			change := before[j]
			if a[i] != b[j] {
				change++
			}
			now = append(now, min(change, before[j+1]+1, now[j]+1))
		}
		before = now
	}
	return before[len(b)]
}
